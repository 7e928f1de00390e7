/** An OpenClawInstance per fleet instance, each with its own Secret for the gateway's token. */

import { IMAGE, TOKEN_VARIABLE } from "@/lib/openclaw/deployments/shapes";
import { SECRET, yamlFile } from "@/lib/setup/export/engines/common";
import type { ExportFile, FleetMember } from "@/lib/setup/export/types";

export function operatorInstance(member: FleetMember): readonly ExportFile[] {
  const { name, release, config, variables } = member;
  const env = variables
    .filter((one) => one.name !== TOKEN_VARIABLE)
    .map((one) => ({
      name: one.name,
      valueFrom: { secretKeyRef: { name: SECRET, key: one.from } },
    }));
  return [
    yamlFile(`instances/${name}.yaml`, {
      apiVersion: "openclaw.rocks/v1alpha1",
      kind: "OpenClawInstance",
      metadata: { name },
      spec: {
        image: { repository: IMAGE, tag: release },
        config: { mergeMode: "merge", raw: config },
        gateway: { existingSecret: `openclaw-gateway-${name}` },
        env,
        storage: { persistence: { enabled: true, size: "10Gi" } },
      },
    }),
  ];
}
