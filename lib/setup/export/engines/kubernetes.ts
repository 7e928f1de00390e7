/** A Kustomize overlay over the official manifests. */

import { IMAGE, type Shape } from "@/lib/openclaw/deployments/shapes";
import {
  askLines,
  cacheVariable,
  configFile,
  configText,
  deployPart,
  envFile,
  fromSecret,
  printLines,
  reseedPart,
  SECRET,
  secretTemplate,
  signInPart,
  yamlFile,
} from "@/lib/setup/export/engines/common";
import type { EngineFiles, ExportBase, ExportFile } from "@/lib/setup/export/types";
import type { Json } from "@/lib/text/json5/types";

const NAMESPACE = "openclaw";
/** The official Deployment takes these from its Secret. */
const OFFICIAL = new Set([
  "OPENCLAW_GATEWAY_TOKEN",
  "OPENAI_API_KEY",
  "ANTHROPIC_API_KEY",
  "GEMINI_API_KEY",
  "OPENROUTER_API_KEY",
]);

export function kubernetesFiles(base: ExportBase): EngineFiles {
  const { config, variables } = base;
  const own = variables.filter((name) => !OFFICIAL.has(name));
  const kubectl = `kubectl --namespace ${NAMESPACE}`;
  return {
    files: [
      yamlFile("kustomization.yaml", kustomization(base)),
      configMap("", config),
      variablesPatch(
        "",
        base.shape,
        own.map((name) => fromSecret(name)),
      ),
      yamlFile("openclaw-secrets.template.yaml", secretTemplate(SECRET, variables)),
      configFile(config),
      envFile(variables),
    ],
    readme: [
      ...deployPart("kubernetes", [
        ...askLines(variables),
        `kubectl create namespace ${NAMESPACE} --dry-run=client -o yaml | kubectl apply -f -`,
        `${printLines(variables)} | ${kubectl} create secret generic ${SECRET} --from-env-file=/dev/stdin`,
        "kubectl apply -k .",
        `${kubectl} rollout status deployment/openclaw`,
      ]),
      ...reseedPart([
        `${kubectl} exec deploy/openclaw -- rm ${base.shape.stateDir}/openclaw.json`,
        `${kubectl} rollout restart deployment/openclaw`,
      ]),
      ...signInPart(base, `${kubectl} exec -it deploy/openclaw -- node /app/dist/index.js`),
    ],
  };
}

function kustomization({ release }: ExportBase): object {
  return {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    namespace: NAMESPACE,
    resources: ["../../manifests"],
    images: [{ name: IMAGE, newTag: `${release}-slim` }],
    patches: [{ path: "openclaw-config.yaml" }, { path: "openclaw-variables.yaml" }],
  };
}

export function configMap(folder: string, config: Json): ExportFile {
  return yamlFile(`${folder}openclaw-config.yaml`, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "openclaw-config" },
    data: { "openclaw.json": configText(config) },
  });
}

export function variablesPatch(
  folder: string,
  shape: Shape,
  secrets: readonly object[],
): ExportFile {
  return yamlFile(`${folder}openclaw-variables.yaml`, {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "openclaw" },
    spec: {
      template: {
        spec: { containers: [{ name: "gateway", env: [cacheVariable(shape), ...secrets] }] },
      },
    },
  });
}
