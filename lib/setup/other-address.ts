/** Models of OpenAI that are asked for elsewhere, at a proxy or at Azure: the new key would be sent there. */

import type { ConfigEdit, ConfigPath, Json } from "@/lib/openclaw/config-types";
import { isJsonArray, valueAt } from "@/lib/openclaw/config-value";
import { OPENAI_BASE_URL } from "@/lib/openclaw/releases";
import type { Finding } from "@/lib/setup/repairs";
import type { Snapshot } from "@/lib/setup/types";

const PROVIDER = ["models", "providers", "openai"];
const VARIABLE = "OPENAI_BASE_URL";

/** What of the entry is made for the other address: OpenAI would be sent its headers, or asked in its way. */
const MADE_FOR_IT = ["api", "authHeader", "headers"];

/** The model's own address goes before its entry's, and that before the variable. Pure. */
export function otherAddress(
  { era, checkedAt }: Pick<Snapshot, "era" | "checkedAt">,
  config: Json,
  dotenv: ReadonlyMap<string, string>,
  ref: string,
): Finding[] {
  const variable = (name: string) => textAt(config, ["env", "vars", name]) ?? dotenv.get(name);
  const hosts = [OPENAI_BASE_URL, ...(checkedAt === null ? [] : [checkedAt])].map(hostOf);
  /** Null where an address is a right one, or there is none. */
  const elsewhere = (address: string | undefined, place: string) => {
    if (address === undefined) return null;
    const url = address.replace(/\$\{(\w+)\}/gu, (name, id: string) => variable(id) ?? name);
    const host = hostOf(url);
    return hosts.includes(host) ? null : { host: host ?? "–", place };
  };
  const at = (path: ConfigPath) => {
    const place = [...path, "baseUrl"];
    return elsewhere(textAt(config, place), place.join("."));
  };
  const models = modelsOf(config, PROVIDER, ref).filter((path) => at(path) !== null);
  const own = at(PROVIDER);
  const isSilent = textAt(config, [...PROVIDER, "baseUrl"]) === undefined;
  const led =
    era.followsBaseUrlVariable && isSilent ? elsewhere(variable(VARIABLE), VARIABLE) : null;
  const found = models.map(at)[0] ?? own ?? led;
  if (!found) return [];
  const set = (name: string, value: Json): ConfigEdit => {
    return { op: "set", path: [...PROVIDER, name], value };
  };
  const clear = (path: ConfigPath, names: readonly string[]): ConfigEdit[] =>
    names
      .map((name) => [...path, name])
      .filter((one) => valueAt(config, one) !== undefined)
      .map((one) => ({ op: "remove", path: one }));
  const needsModels =
    era.providerNeedsBaseUrlAndModels && valueAt(config, [...PROVIDER, "models"]) === undefined;
  return [
    {
      id: "other-address",
      kind: "other-address",
      data: found,
      important: true,
      edits: [
        ...(own || led ? [set("baseUrl", checkedAt ?? OPENAI_BASE_URL)] : []),
        ...((own || led) && needsModels ? [set("models", [])] : []),
        ...(own ? clear(PROVIDER, MADE_FOR_IT) : []),
        ...models.flatMap((path) => clear(path, ["baseUrl", ...MADE_FOR_IT])),
      ],
    },
  ];
}

/** The chosen model among those that an entry describes itself. */
function modelsOf(config: Json, entry: readonly string[], ref: string): ConfigPath[] {
  const path = [...entry, "models"];
  const listed = valueAt(config, path);
  const names = [ref, ref.slice(ref.indexOf("/") + 1)];
  return (isJsonArray(listed) ? [...listed.keys()] : [])
    .map((index) => [...path, index])
    .filter((one) => names.includes(textAt(config, [...one, "id"]) ?? ""));
}

function textAt(config: Json, path: ConfigPath): string | undefined {
  const value = valueAt(config, path);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** The host alone: an address may hold a password. Null where it is none. */
function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
