/** A render.yaml: Render prompts for the key and generates the gateway's token. */

import { IMAGE, TOKEN_VARIABLE } from "@/lib/openclaw/deployments/shapes";
import {
  configFile,
  configText,
  envFile,
  reseedPart,
  signInPart,
  yamlFile,
} from "@/lib/setup/export/engines/common";
import type { EngineFiles, ExportBase } from "@/lib/setup/export/types";

/** A Blueprint has no files, so a variable holds the config, which contains no secret. */
const CONFIG_VARIABLE = "OPENCLAW_SETUP_CONFIG";

export function renderFiles(base: ExportBase): EngineFiles {
  const { config, variables } = base;
  return {
    files: [yamlFile("render.yaml", blueprint(base)), configFile(config), envFile(variables)],
    readme: [
      { kind: "text", word: "place.render" },
      { kind: "heading", word: "deploy" },
      { kind: "text", word: "byPlatform" },
      ...reseedPart([`rm ${base.shape.stateDir}/openclaw.json`]),
      ...signInPart(base, "node openclaw.mjs"),
    ],
  };
}

function blueprint({ name, release, shape, facts, config, variables }: ExportBase): object {
  const file = `${shape.stateDir}/openclaw.json`;
  const copy = `umask 077; mkdir -p ${shape.stateDir}; test -e ${file} || printf %s "$${CONFIG_VARIABLE}" > ${file}`;
  const gateway = `exec node openclaw.mjs gateway --bind ${shape.bind} --port ${shape.port}`;
  return {
    services: [
      {
        type: "web",
        name,
        runtime: "image",
        image: { url: `${IMAGE}:${release}` },
        plan: "starter",
        dockerCommand: `sh -c '${copy}; ${gateway}'`,
        ...(facts.startupz ? { healthCheckPath: "/startupz" } : {}),
        envVars: [
          { key: "PORT", value: String(shape.port) },
          { key: "OPENCLAW_GATEWAY_PORT", value: String(shape.port) },
          { key: "OPENCLAW_STATE_DIR", value: shape.stateDir },
          { key: CONFIG_VARIABLE, value: configText(config) },
          ...variables.map((key) =>
            key === TOKEN_VARIABLE ? { key, generateValue: true } : { key, sync: false },
          ),
        ],
        disk: { name: "openclaw-data", mountPath: "/data", sizeGB: 1 },
      },
    ],
  };
}
