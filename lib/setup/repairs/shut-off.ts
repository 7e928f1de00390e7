/** Finds settings that disable OpenAI while the config stays valid and `models status` succeeds. */

import type { ReleaseFacts } from "@/lib/openclaw/releases/facts";
import { KEY_SECRET_REF, OPENAI_ENTRY, OPENAI_ORDER } from "@/lib/openclaw/releases/names";
import { isOpenAiPlugin } from "@/lib/openclaw/releases/openai-plugin";
import type { Choices } from "@/lib/setup/choices";
import type { FileKeyForm } from "@/lib/setup/key-forms";
import type { Finding } from "@/lib/setup/repairs/finding";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { RepairKind } from "@/lib/setup/types";
import type { ConfigEdit, ConfigPath, Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, textAt, valueAt } from "@/lib/text/json5/value";

export function shutOff(
  { era }: Pick<Snapshot, "era">,
  config: Json,
  choices: Choices,
  form: FileKeyForm,
): Finding[] {
  return [
    ...(era.openAiIsPlugin ? plugins(config) : []),
    ...(choices.apiKey === null ? [] : secretProvider(config, form)),
    ...(choices.auth === "api-key" && era.credentials.orderExcludes ? emptyOrder(config) : []),
  ];
}

/** Where a config disables OpenAI for every credential. */
export function placesShutOff(
  { openAiIsPlugin }: Pick<ReleaseFacts, "openAiIsPlugin">,
  config: Json,
): readonly string[] {
  const found = openAiIsPlugin ? plugins(config) : [];
  return found.map(({ data }) => String(data["place"]));
}

function finding(
  kind: RepairKind,
  place: ConfigPath,
  edits: readonly ConfigEdit[],
  data: Finding["data"] = {},
): Finding {
  return { id: kind, kind, data: { place: place.join("."), ...data }, important: true, edits };
}

function plugins(config: Json): Finding[] {
  const findings: Finding[] = [];
  const enabled = ["plugins", "enabled"];
  if (valueAt(config, enabled) === false) {
    const edits: ConfigEdit[] = [{ op: "set", path: enabled, value: true }];
    findings.push(finding("plugins-off", enabled, edits));
  }
  const deny = ["plugins", "deny"];
  const denied = listAt(config, deny);
  const hits = denied.flatMap((id, index) => (isOpenAiPlugin(id) ? [index] : []));
  if (hits.length > 0) {
    const all = hits.length === denied.length;
    // From the end, so that earlier indices stay valid.
    const places = all ? [deny] : hits.toReversed().map((index) => [...deny, index]);
    const edits = places.map((path): ConfigEdit => ({ op: "remove", path }));
    findings.push(finding("plugin-denied", deny, edits));
  }
  const entries = valueAt(config, ["plugins", "entries"]);
  for (const id of Object.keys(isJsonObject(entries) ? entries : {}).filter(isOpenAiPlugin)) {
    const path = ["plugins", "entries", id, "enabled"];
    if (valueAt(config, path) !== false) continue;
    findings.push(finding("plugin-disabled", path, [{ op: "set", path, value: true }]));
  }
  return findings;
}

/** A provider with a list of names reads no others. A missing one fails once `secrets.defaults.env` names another. */
function secretProvider(config: Json, form: FileKeyForm): Finding[] {
  const present = valueAt(config, [...OPENAI_ENTRY, "apiKey"]);
  const ref = form === "provider-secret-ref" ? KEY_SECRET_REF : present;
  if (!isJsonObject(ref) || ref["source"] !== "env") return [];
  const [provider, id] = [ref["provider"], ref["id"]];
  if (typeof provider !== "string" || typeof id !== "string") return [];
  const path = ["secrets", "providers", provider];
  const entry = valueAt(config, path);
  if (entry === undefined) {
    const usual = textAt(config, ["secrets", "defaults", "env"]);
    if (usual === undefined || usual === provider) return [];
    const edits: ConfigEdit[] = [{ op: "set", path, value: { source: "env" } }];
    return [finding("secret-provider", path, edits, { name: id })];
  }
  const list = [...path, "allowlist"];
  const names = valueAt(entry, ["allowlist"]);
  if (valueAt(entry, ["source"]) !== "env" || !isJsonArray(names) || names.includes(id)) return [];
  const edits: ConfigEdit[] = [{ op: "set", path: [...list, names.length], value: id }];
  return [finding("secret-not-allowed", list, edits, { name: id })];
}

/** An empty order allows neither profiles nor variables. */
function emptyOrder(config: Json): Finding[] {
  const order = valueAt(config, OPENAI_ORDER);
  if (!isJsonArray(order) || order.length > 0) return [];
  return [finding("empty-order", OPENAI_ORDER, [{ op: "remove", path: OPENAI_ORDER }])];
}

function listAt(config: Json, path: ConfigPath): readonly Json[] {
  const value = valueAt(config, path);
  return isJsonArray(value) ? value : [];
}
