/** An override for the official docker-compose.yml. */

import { IMAGE } from "@/lib/openclaw/deployments/shapes";
import {
  askLines,
  CONFIG_MOUNT,
  configFile,
  copyWhereNone,
  deployPart,
  envFile,
  reseedPart,
  signInPart,
  yamlFile,
} from "@/lib/setup/export/engines/common";
import type { EngineFiles, ExportBase } from "@/lib/setup/export/types";

const CONFIG_FOLDER = "openclaw-config";
/** The official file's path and default. */
const STATE = `\${OPENCLAW_CONFIG_DIR:-\${HOME:-/tmp}/.openclaw}`;

export function composeFiles(base: ExportBase): EngineFiles {
  const { config, variables } = base;
  const cli = "docker compose run --rm openclaw-cli";
  return {
    files: [
      yamlFile("docker-compose.override.yml", composeOverride(base)),
      configFile(config, `${CONFIG_FOLDER}/openclaw.json`),
      envFile(variables),
    ],
    readme: [
      ...deployPart("compose", [
        ...askLines(variables),
        "docker compose config --quiet",
        "docker compose up -d openclaw-gateway",
      ]),
      ...reseedPart([
        `docker compose run --rm --no-deps --entrypoint rm openclaw-gateway ${base.shape.stateDir}/openclaw.json`,
        "docker compose up -d --force-recreate openclaw-config openclaw-gateway",
      ]),
      ...signInPart(base, cli),
    ],
  };
}

/** Copies the config from a read-only folder before the start, because OpenClaw must be able to replace the file. */
function composeOverride({ release, shape, variables }: ExportBase): object {
  const image = `\${OPENCLAW_IMAGE:-${IMAGE}:${release}}`;
  const environment = Object.fromEntries(variables.map((name) => [name, `\${${name}:?}`]));
  return {
    services: {
      "openclaw-config": {
        image,
        network_mode: "none",
        restart: "no",
        cap_drop: ["ALL"],
        security_opt: ["no-new-privileges:true"],
        entrypoint: ["sh", "-c"],
        command: [copyWhereNone(shape)],
        volumes: [`${STATE}:${shape.stateDir}`, `./${CONFIG_FOLDER}:${CONFIG_MOUNT}:ro`],
      },
      "openclaw-gateway": {
        image,
        environment,
        depends_on: { "openclaw-config": { condition: "service_completed_successfully" } },
      },
      "openclaw-cli": { image, environment },
    },
  };
}
