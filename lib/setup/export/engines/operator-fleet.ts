/** An OpenClawInstance per fleet instance, each with its own Secret for the gateway's token. */

import { TOKEN_VARIABLE } from "@/lib/openclaw/deployments/shapes";
import { fromSecret, yamlFile } from "@/lib/setup/export/engines/common";
import { instanceOf } from "@/lib/setup/export/engines/operator";
import type { ExportFile, FleetMember } from "@/lib/setup/export/types";

export function operatorInstance(member: FleetMember): readonly ExportFile[] {
  const { name, variables } = member;
  const env = variables
    .filter((one) => one.name !== TOKEN_VARIABLE)
    .map((one) => fromSecret(one.name, one.from));
  return [
    yamlFile(`instances/${name}.yaml`, instanceOf(member, `openclaw-gateway-${name}`, { env })),
  ];
}
