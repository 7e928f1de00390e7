/** Models of OpenAI that are asked for elsewhere, at a proxy or at Azure: the new key would be sent there. */

import type { ConfigEdit, Json } from "@/lib/openclaw/config-types";
import { valueAt } from "@/lib/openclaw/config-value";
import { OPENAI_BASE_URL } from "@/lib/openclaw/releases";
import type { Finding } from "@/lib/setup/repairs";
import type { Snapshot } from "@/lib/setup/types";

const PROVIDER = ["models", "providers", "openai"];
const VARIABLE = "OPENAI_BASE_URL";

/** What of the entry is made for the other address: OpenAI would be sent its headers, or asked in its way. */
const MADE_FOR_IT = ["api", "authHeader", "headers"];

/** The entry's own address goes before the variable. Pure. */
export function otherAddress(
  { era, checkedAt }: Pick<Snapshot, "era" | "checkedAt">,
  config: Json,
  dotenv: ReadonlyMap<string, string>,
): Finding[] {
  const variable = (name: string) => textAt(config, ["env", "vars", name]) ?? dotenv.get(name);
  const own = textAt(config, [...PROVIDER, "baseUrl"]);
  const address = own ?? (era.followsBaseUrlVariable ? variable(VARIABLE) : undefined);
  if (!address) return [];
  const url = address.replace(/\$\{(\w+)\}/gu, (name, id: string) => variable(id) ?? name);
  const known = [OPENAI_BASE_URL, ...(checkedAt === null ? [] : [checkedAt])].map(hostOf);
  if (known.includes(hostOf(url))) return [];
  const set = (name: string, value: Json): ConfigEdit => {
    return { op: "set", path: [...PROVIDER, name], value };
  };
  const has = (name: string) => valueAt(config, [...PROVIDER, name]) !== undefined;
  return [
    {
      id: "other-address",
      kind: "other-address",
      data: {
        host: hostOf(url) ?? "–",
        place: own ? [...PROVIDER, "baseUrl"].join(".") : VARIABLE,
      },
      important: true,
      edits: [
        set("baseUrl", checkedAt ?? OPENAI_BASE_URL),
        ...(era.providerNeedsBaseUrlAndModels && !has("models") ? [set("models", [])] : []),
        ...MADE_FOR_IT.filter((name) => own && has(name)).map((name): ConfigEdit => {
          return { op: "remove", path: [...PROVIDER, name] };
        }),
      ],
    },
  ];
}

function textAt(config: Json, path: readonly string[]): string | undefined {
  const value = valueAt(config, path);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** The host alone: an address may hold a password. Null where it is none. */
function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
