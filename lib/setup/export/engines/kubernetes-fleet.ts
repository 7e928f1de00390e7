/** A Kustomize overlay and namespace per fleet instance, over one base. */

import { IMAGE, SHAPES } from "@/lib/openclaw/deployments/shapes";
import { cacheVariable, configText, SECRET, yamlFile } from "@/lib/setup/export/engines/common";
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
  const secrets = variables.map((one) => ({
    name: one.name,
    valueFrom: { secretKeyRef: { name: SECRET, key: one.from } },
  }));
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
    yamlFile(`${folder}/openclaw-config.yaml`, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "openclaw-config" },
      data: { "openclaw.json": configText(config) },
    }),
    yamlFile(`${folder}/openclaw-variables.yaml`, {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "openclaw" },
      spec: {
        template: {
          spec: {
            containers: [{ name: "gateway", env: [cacheVariable(SHAPES.kubernetes), ...secrets] }],
          },
        },
      },
    }),
  ];
}
