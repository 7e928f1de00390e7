/** A fly.toml for the official image, and the secrets for `fly secrets`. */

import { IMAGE } from "@/lib/openclaw/deployments/shapes";
import {
  askLines,
  CONFIG_MOUNT,
  configFile,
  copyWhereNone,
  deployPart,
  envFile,
  plainFile,
  printLines,
  reseedPart,
  signInPart,
} from "@/lib/setup/export/engines/common";
import type { EngineFiles, ExportBase } from "@/lib/setup/export/types";

export function flyFiles(base: ExportBase): EngineFiles {
  const { config, variables, shape } = base;
  return {
    files: [plainFile("fly.toml", flyToml(base)), configFile(config), envFile(variables)],
    readme: [
      ...deployPart("fly", [
        ...askLines(variables),
        "fly apps create",
        "fly volumes create openclaw_data --size 1",
        `${printLines(variables)} | fly secrets import`,
        "fly deploy",
      ]),
      ...reseedPart([
        `fly ssh console --command "rm ${shape.stateDir}/openclaw.json"`,
        "fly apps restart",
      ]),
      ...signInPart(base, "fly ssh console --pty --command 'node dist/index.js").map((part) =>
        part.kind === "commands" ? { ...part, lines: part.lines.map((line) => `${line}'`) } : part,
      ),
    ],
  };
}

/** TOML escapes basic strings like JSON. */
const text = (value: string) => JSON.stringify(value);

function flyToml({ name, release, shape, facts }: ExportBase): string {
  const gateway = `exec node dist/index.js gateway --port ${shape.port} --bind ${shape.bind}`;
  const command = `sh -c '${copyWhereNone(shape)}; ${gateway}'`;
  const checks = [
    "",
    "[[http_service.checks]]",
    'grace_period = "2m"',
    'interval = "15s"',
    'method = "GET"',
    'timeout = "5s"',
    'path = "/startupz"',
  ];
  const lines = [
    `app = ${text(name)}`,
    'primary_region = "iad"',
    "",
    "[build]",
    `image = ${text(`${IMAGE}:${release}`)}`,
    "",
    "[env]",
    'NODE_ENV = "production"',
    'NODE_OPTIONS = "--max-old-space-size=1536"',
    `OPENCLAW_STATE_DIR = ${text(shape.stateDir)}`,
    "",
    "[[files]]",
    `guest_path = ${text(`${CONFIG_MOUNT}/openclaw.json`)}`,
    'local_path = "openclaw.json"',
    "",
    "[processes]",
    `app = ${text(command)}`,
    "",
    "[http_service]",
    `internal_port = ${shape.port}`,
    "force_https = true",
    'auto_stop_machines = "off"',
    "auto_start_machines = true",
    "min_machines_running = 1",
    'processes = ["app"]',
    ...(facts.startupz ? checks : []),
    "",
    "[[vm]]",
    'size = "shared-cpu-2x"',
    'memory = "2048mb"',
    "",
    "[[mounts]]",
    'source = "openclaw_data"',
    `destination = ${text(shape.stateDir)}`,
  ];
  return `${lines.join("\n")}\n`;
}
