/** The equivalent OpenClaw commands, for a machine set up by a script. */

import { TOKEN_VARIABLE } from "@/lib/openclaw/deployments/shapes";
import {
  askLines,
  deployPart,
  envFile,
  printLines,
  signInPart,
} from "@/lib/setup/export/engines/common";
import type { EngineFiles, ExportBase } from "@/lib/setup/export/types";

export function onboardFiles(base: ExportBase): EngineFiles {
  const { variables, release } = base;
  const script = [
    "#!/bin/sh",
    "set -eu",
    `: ${variables.map((name) => `"\${${name}:?}"`).join(" ")}`,
    ...onboardLines(base),
    ...base.commands,
  ];
  return {
    files: [
      { path: "onboard.sh", text: `${script.join("\n")}\n`, mode: 0o755 },
      envFile(variables),
    ],
    readme: [
      ...deployPart(
        "onboard",
        [`npm install -g openclaw@${release}`, ...askLines(variables), "sh onboard.sh"],
        base.facts.tokenByReference ? "asked" : "askedKept",
      ),
      ...signInPart(base, "openclaw"),
    ],
  };
}

/**
 * Choosing the key makes 2026.9.6 download a plugin, so the key comes from its variable.
 * Older releases show the token to other users as an argument, so both go into `.env`.
 */
function onboardLines({ facts, shape, variables }: ExportBase): string[] {
  const { tokenByReference } = facts;
  const onboard = [
    "openclaw onboard --non-interactive --accept-risk --mode local",
    "--auth-choice skip --gateway-auth token",
    ...(tokenByReference ? [`--gateway-token-ref-env ${TOKEN_VARIABLE}`] : []),
    `--gateway-port ${shape.port} --gateway-bind ${shape.bind}`,
    "--skip-channels --skip-skills --skip-health --no-install-daemon",
  ].join(" \\\n  ");
  if (tokenByReference) return [onboard];
  return [
    "umask 077",
    `mkdir -p ${shape.stateDir}`,
    `${printLines(variables)} >> ${shape.stateDir}/.env`,
    onboard,
    `openclaw config set gateway.auth.token '\${${TOKEN_VARIABLE}}'`,
  ];
}
