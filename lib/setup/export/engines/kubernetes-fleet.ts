/** A Kustomize overlay and namespace per fleet instance, over one base. */

import { IMAGE, SHAPES } from "@/lib/openclaw/deployments/shapes";
import { fromSecret, yamlFile } from "@/lib/setup/export/engines/common";
import { configMap, variablesPatch } from "@/lib/setup/export/engines/kubernetes";
import type { ExportFile, FleetMember } from "@/lib/setup/export/types";

const HEAD = { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization" };

export function kubernetesBase(release: string): readonly ExportFile[] {
  return [
    yamlFile("base/kustomization.yaml", {
      ...HEAD,
      resources: ["../../../manifests"],
      images: [{ name: IMAGE, newTag: `${release}-slim` }],
    }),
  ];
}

export function kubernetesInstance(member: FleetMember): readonly ExportFile[] {
  const { name, config, variables } = member;
  const namespace = `openclaw-${name}`;
  const folder = `instances/${name}`;
  const secrets = variables.map((one) => fromSecret(one.name, one.from));
  return [
    yamlFile(`${folder}/kustomization.yaml`, {
      ...HEAD,
      namespace,
      resources: ["namespace.yaml", "../../base"],
      patches: [{ path: "openclaw-config.yaml" }, { path: "openclaw-variables.yaml" }],
    }),
    yamlFile(`${folder}/namespace.yaml`, {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: namespace },
    }),
    configMap(`${folder}/`, config),
    variablesPatch(`${folder}/`, SHAPES.kubernetes, secrets),
  ];
}
