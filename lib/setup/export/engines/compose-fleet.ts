/** A Compose project per fleet instance, all extending one base. */

import { IMAGE, SHAPES } from "@/lib/openclaw/deployments/shapes";
import {
  CONFIG_MOUNT,
  configFile,
  copyWhereNone,
  yamlFile,
} from "@/lib/setup/export/engines/common";
import type { ExportFile, FleetMember } from "@/lib/setup/export/types";

const { homeDir, stateDir, port, bind } = SHAPES.compose;
const BASE = "../../base/compose.yaml";

export function composeBase(release: string): readonly ExportFile[] {
  const image = `\${OPENCLAW_IMAGE:-${IMAGE}:${release}}`;
  const locked = { cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] };
  return [
    yamlFile("base/compose.yaml", {
      services: {
        "openclaw-config": {
          image,
          network_mode: "none",
          restart: "no",
          ...locked,
          entrypoint: ["sh", "-c"],
          command: [copyWhereNone(SHAPES.compose)],
        },
        "openclaw-gateway": {
          image,
          init: true,
          restart: "unless-stopped",
          ...locked,
          environment: {
            HOME: homeDir,
            OPENCLAW_HOME: homeDir,
            OPENCLAW_STATE_DIR: stateDir,
            OPENCLAW_CONFIG_PATH: `${stateDir}/openclaw.json`,
          },
          command: ["node", "dist/index.js", "gateway", "--bind", `${bind}`, "--port", `${port}`],
        },
      },
    }),
  ];
}

export function composeInstance(member: FleetMember): readonly ExportFile[] {
  const { name, index, config, variables } = member;
  const folder = `instances/${name}`;
  const state = `state:${stateDir}`;
  const environment = variables.map((one) => [one.name, `\${${one.from}:?}`]);
  return [
    yamlFile(`${folder}/compose.yaml`, {
      name: `openclaw-${name}`,
      services: {
        "openclaw-config": {
          extends: { file: BASE, service: "openclaw-config" },
          volumes: [state, `./openclaw.json:${CONFIG_MOUNT}/openclaw.json:ro`],
        },
        "openclaw-gateway": {
          extends: { file: BASE, service: "openclaw-gateway" },
          environment: Object.fromEntries(environment),
          ports: [`127.0.0.1:${port + index}:${port}`],
          volumes: [state],
          depends_on: { "openclaw-config": { condition: "service_completed_successfully" } },
        },
      },
      volumes: { state: {} },
    }),
    configFile(config, `${folder}/openclaw.json`),
  ];
}
