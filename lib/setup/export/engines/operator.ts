/** An OpenClawInstance for paperclipinc/openclaw-operator. */

import { IMAGE, TOKEN_VARIABLE } from "@/lib/openclaw/deployments/shapes";
import {
  askLines,
  configFile,
  deployPart,
  envFile,
  printLines,
  SECRET,
  secretTemplate,
  signInPart,
  yamlFile,
} from "@/lib/setup/export/engines/common";
import type { EngineFiles, ExportBase } from "@/lib/setup/export/types";

const GATEWAY_SECRET = "openclaw-gateway";

export function operatorFiles(base: ExportBase): EngineFiles {
  const { name, config, variables } = base;
  // The operator passes the gateway's token from its own Secret, under the key "token".
  const others = variables.filter((one) => one !== TOKEN_VARIABLE);
  const env = others.length > 0 ? { envFrom: [{ secretRef: { name: SECRET } }] } : {};
  const secrets = [
    secretTemplate(GATEWAY_SECRET, ["token"]),
    ...(others.length > 0 ? [secretTemplate(SECRET, others)] : []),
  ];
  return {
    files: [
      yamlFile("openclaw-instance.yaml", instanceOf(base, GATEWAY_SECRET, env)),
      yamlFile("openclaw-secrets.template.yaml", ...secrets),
      configFile(config),
      envFile(variables),
    ],
    readme: [
      ...deployPart("operator", [
        ...askLines(variables),
        `printf '%s' "$${TOKEN_VARIABLE}" | kubectl create secret generic ${GATEWAY_SECRET} --from-file=token=/dev/stdin`,
        ...(others.length > 0
          ? [
              `${printLines(others)} | kubectl create secret generic ${SECRET} --from-env-file=/dev/stdin`,
            ]
          : []),
        "kubectl apply -f openclaw-instance.yaml",
      ]),
      ...signInPart(base, `kubectl exec -it ${name}-0 -- node /app/dist/index.js`),
    ],
  };
}

/** `env` is the part of the spec that passes the secrets on. */
export function instanceOf(
  { name, release, config }: Pick<ExportBase, "name" | "release" | "config">,
  gatewaySecret: string,
  env: Readonly<{ env?: readonly object[]; envFrom?: readonly object[] }>,
): object {
  return {
    apiVersion: "openclaw.rocks/v1alpha1",
    kind: "OpenClawInstance",
    metadata: { name },
    spec: {
      image: { repository: IMAGE, tag: release },
      config: { mergeMode: "merge", raw: config },
      gateway: { existingSecret: gatewaySecret },
      ...env,
      storage: { persistence: { enabled: true, size: "10Gi" } },
    },
  };
}
