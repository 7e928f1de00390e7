/** Writes down the address where the key was checked, or OpenClaw would use another. */

import { isLoopbackHost } from "@/lib/openai/base-url";
import { ADDRESS_VARIABLE, OPENAI_ENTRY } from "@/lib/openclaw/releases/names";
import type { Choices } from "@/lib/setup/choices";
import { hostOf } from "@/lib/setup/repairs/base-url";
import type { Finding } from "@/lib/setup/repairs/finding";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { textAt, valueAt } from "@/lib/text/json5/value";

/** Only if the config names no address. A local one is only offered, since it may be temporary. Pure. */
export function checkedAddress(
  { era, checkedAt }: Pick<Snapshot, "era" | "checkedAt">,
  config: Json,
  dotenv: ReadonlyMap<string, string>,
  choices: Choices,
  others: readonly Finding[],
): Finding[] {
  if (checkedAt === null || choices.apiKey === null) return [];
  if (choices.auth === "chatgpt" && era.backup !== "model") return [];
  const place = [...OPENAI_ENTRY, "baseUrl"];
  const isSet = (one: ConfigEdit) => one.op === "set" && one.path.join(".") === place.join(".");
  if (others.some(({ edits }) => edits.some(isSet)) || textAt(config, place)) return [];
  const variable =
    textAt(config, ["env", "vars", ADDRESS_VARIABLE]) ?? dotenv.get(ADDRESS_VARIABLE);
  const host = hostOf(checkedAt);
  if (era.followsBaseUrlVariable && hostOf(variable?.trim() ?? "") === host) return [];
  const isHere = isLoopbackHost(new URL(checkedAt).hostname);
  const models = [...OPENAI_ENTRY, "models"];
  const needsModels = era.providerNeedsBaseUrlAndModels && valueAt(config, models) === undefined;
  return [
    {
      id: "checked-address",
      kind: "checked-address",
      data: { place: place.join("."), to: host ?? "–" },
      important: !isHere,
      onRequest: isHere,
      edits: [
        { op: "set", path: place, value: checkedAt },
        ...(isHere && era.guardsLocalAddress
          ? [
              {
                op: "set",
                path: [...OPENAI_ENTRY, "request", "allowPrivateNetwork"],
                value: true,
              } as const,
            ]
          : []),
        ...(needsModels ? [{ op: "set", path: models, value: [] } as const] : []),
      ],
    },
  ];
}
