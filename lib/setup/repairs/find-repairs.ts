/** Finds what in a config stands in the way of the choice, with the edits that repair it. */

import { hasCodexPlugin } from "@/lib/openclaw/config/codex-plugin";
import type { CredentialRules, ReleaseEra } from "@/lib/openclaw/releases/facts";
import {
  KEY_SECRET_REF,
  KEY_TEXT_REFERENCE,
  KEY_VARIABLE,
  OPENAI_ENTRY,
} from "@/lib/openclaw/releases/names";
import { successorOf } from "@/lib/openclaw/releases/retired-models";
import type { Choices } from "@/lib/setup/choices";
import type { FileKeyForm } from "@/lib/setup/key-forms";
import { accountVariables } from "@/lib/setup/repairs/account-variables";
import { agentMarker } from "@/lib/setup/repairs/agent-marker";
import { otherApi } from "@/lib/setup/repairs/api";
import { otherAddress } from "@/lib/setup/repairs/base-url";
import { checkedAddress } from "@/lib/setup/repairs/checked-address";
import { doctorFindings } from "@/lib/setup/repairs/doctor/doctor-findings";
import { type Finding, isWanted } from "@/lib/setup/repairs/finding";
import { agentModels, otherModels } from "@/lib/setup/repairs/other-models";
import { retiredKeys } from "@/lib/setup/repairs/retired-keys";
import { retiredModels } from "@/lib/setup/repairs/retired-models";
import { pinEdits } from "@/lib/setup/repairs/runtime-pin";
import { shutOff } from "@/lib/setup/repairs/shut-off";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { RepairKind } from "@/lib/setup/types";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { isJsonObject, valueAt } from "@/lib/text/json5/value";

const OF_ONE_RELEASE: ReadonlySet<RepairKind> = new Set([
  "flat-env-openai",
  "flat-env-other",
  "retired-key",
  "moved-key",
  "rewritten-key",
  "retired-value",
  "retired-model",
  "repeated-model",
  "repeated-alias",
  "agent-marker",
]);

/** In the page's order. Without a known release, findings of the assumed one need acceptance. Pure. */
export function findRepairs(
  snapshot: Snapshot,
  present: Json,
  dotenv: ReadonlyMap<string, string>,
  choices: Choices,
  form: FileKeyForm,
): Finding[] {
  if (!snapshot.releaseUnsure) return findAll(snapshot, present, dotenv, choices, form);
  const waits = ({ kind }: Finding) => OF_ONE_RELEASE.has(kind);
  const find = (declined: readonly string[]) =>
    findAll(snapshot, present, dotenv, { ...choices, declined }, form);
  const untaken = find(choices.declined)
    .filter((one) => waits(one) && !choices.accepted.includes(one.id))
    .map(({ id }) => id);
  return find([...choices.declined, ...untaken]).map((one) =>
    waits(one) ? { ...one, onRequest: true } : one,
  );
}

function findAll(
  snapshot: Snapshot,
  present: Json,
  dotenv: ReadonlyMap<string, string>,
  choices: Choices,
  form: FileKeyForm,
): Finding[] {
  const { era } = snapshot;
  // The other findings assume that these are repaired.
  const retired = retiredKeys(present, era.retiredKeys, choices.declined);
  const { config } = retired;
  const at = (...path: string[]) => valueAt(config, path);
  const flatRefused = era.refusedKeyForms.some((refused) => refused.form === "env-flat");
  const isRetired = (ref: string) => successorOf(era, ref) !== null;
  const addresses = otherAddress(snapshot, config, dotenv, choices);
  return [
    ...(flatRefused ? flatEnv(config) : []),
    ...retired.findings,
    ...agentMarker(era, config),
    ...doctorFindings(snapshot, config),
    ...shutOff(snapshot, config, choices, form),
    ...(choices.apiKey === null
      ? []
      : secondKeys(
          at,
          dotenv.get(KEY_VARIABLE),
          choices.apiKey,
          form,
          !flatRefused,
          era.credentials,
          addressIn(addresses, choices),
        )),
    ...addresses,
    ...otherApi(era, config, choices, addresses),
    ...retiredModels(snapshot, config, choices),
    ...agentModels(snapshot, config, choices),
    ...otherModels(config, choices.model, isRetired),
    ...runtimePin(era, config, choices.model),
    // After the pin, which sets OpenAI's address where an entry needs one.
    ...checkedAddress(snapshot, config, dotenv, choices, addresses),
    ...accountVariables(snapshot, config, dotenv, choices),
    ...gateway(
      at,
      era.gateway,
      snapshot.immutable === null ? choices.gatewayToken : TOKEN_REFERENCE,
      gatewayVariables(snapshot, config, dotenv),
    ).map((one) => (snapshot.immutable === null ? one : withToken(one, choices.gatewayToken))),
  ];
}

/** A provider reference that overrides variables must refer to the new key. */
function providerReference(at: At, { providerAuthWins }: CredentialRules): Finding[] {
  const value = at(...OPENAI_ENTRY, "apiKey");
  if (!providerAuthWins || at(...OPENAI_ENTRY, "auth") !== "api-key") return [];
  if (!isOtherReference(value)) return [];
  const to = isJsonObject(value) ? KEY_SECRET_REF : KEY_TEXT_REFERENCE;
  return [
    {
      id: "provider-reference",
      kind: "provider-reference",
      data: {},
      important: true,
      edits: [{ op: "set", path: [...OPENAI_ENTRY, "apiKey"], value: to }],
    },
  ];
}

function isOtherReference(value: Json | undefined): boolean {
  if (isJsonObject(value)) {
    return value["source"] !== KEY_SECRET_REF.source || value["id"] !== KEY_SECRET_REF.id;
  }
  return typeof value === "string" && value.includes("${") && value !== KEY_TEXT_REFERENCE;
}

/** Whether the entry leads to a server other than OpenAI's, and goes on doing so. */
type Address = "right" | "kept" | "mended";

function addressIn(addresses: readonly Finding[], choices: Choices): Address {
  const found = addresses.find(({ id }) => id === "other-address");
  if (found === undefined) return "right";
  return isWanted(found, choices) ? "mended" : "kept";
}

type At = (...path: string[]) => Json | undefined;

function flatEnv(config: Json): Finding[] {
  const env = valueAt(config, ["env"]);
  if (!isJsonObject(env)) return [];
  const flat = Object.entries(env).filter(
    ([name, value]) => name !== "vars" && typeof value === "string",
  );
  const others = flat.filter(([name]) => name !== KEY_VARIABLE);
  const remove = (name: string): ConfigEdit => ({ op: "remove", path: ["env", name] });
  const findings: Finding[] = [];
  if (flat.length > others.length) {
    const edits = [remove(KEY_VARIABLE)];
    findings.push({
      id: "flat-env-openai",
      kind: "flat-env-openai",
      data: {},
      important: true,
      edits,
    });
  }
  if (others.length > 0) {
    findings.push({
      id: "flat-env-other",
      kind: "flat-env-other",
      data: { names: others.map(([name]) => name) },
      important: true,
      edits: others.flatMap(([name, value]): ConfigEdit[] => [
        remove(name),
        { op: "set", path: ["env", "vars", name], value },
      ]),
    });
  }
  return findings;
}

/** A different key elsewhere might win over the new one. */
function secondKeys(
  at: At,
  dotenvKey: string | undefined,
  apiKey: string,
  form: FileKeyForm,
  flatAccepted: boolean,
  rules: CredentialRules,
  address: Address,
): Finding[] {
  const differs = (value: Json | undefined): boolean =>
    typeof value === "string" && value !== "" && !value.includes("${") && value !== apiKey;
  const findings: Finding[] = [];
  const add = (
    kind: "second-key-env-vars" | "second-key-env-flat" | "second-key-provider",
    path: string[],
    onRequest = false,
  ) =>
    findings.push({
      id: kind,
      kind,
      data: {},
      important: true,
      ...(onRequest ? { onRequest } : {}),
      edits: [{ op: "remove", path }],
    });
  if (form !== "env-vars" && differs(at("env", "vars", KEY_VARIABLE))) {
    add("second-key-env-vars", ["env", "vars", KEY_VARIABLE]);
  }
  // A release that accepts the flat form prefers it over `env.vars`.
  if (flatAccepted && form !== "env-flat" && differs(at("env", KEY_VARIABLE))) {
    add("second-key-env-flat", ["env", KEY_VARIABLE]);
  }
  // The key of a server that the entry still leads to is that server's, and a reference goes with its address.
  const viaProvider = form === "provider-env-ref" || form === "provider-secret-ref";
  const ofEntry = at(...OPENAI_ENTRY, "apiKey");
  if (!viaProvider && (differs(ofEntry) || (address === "mended" && isOtherReference(ofEntry)))) {
    add("second-key-provider", [...OPENAI_ENTRY, "apiKey"], address === "kept");
  }
  if (!viaProvider) findings.push(...providerReference(at, rules));
  const inConfig = form === "env-vars" || form === "env-flat";
  if (inConfig && dotenvKey !== undefined && dotenvKey !== apiKey) {
    const kind = "second-key-dotenv";
    findings.push({
      id: kind,
      kind,
      data: {},
      important: true,
      edits: [],
      clearDotenv: KEY_VARIABLE,
    });
  }
  return findings;
}

function runtimePin(era: ReleaseEra, config: Json, model: string): Finding[] {
  const edits = hasCodexPlugin(config) ? [] : pinEdits(era, config, model);
  if (edits.length === 0) return [];
  return [{ id: "runtime-pin", kind: "runtime-pin", data: { model }, important: true, edits }];
}

/** Variables for signing in to the gateway, which a config token would override. */
function gatewayVariables(
  { era, environmentKeys }: Snapshot,
  config: Json,
  dotenv: ReadonlyMap<string, string>,
): ReadonlySet<"TOKEN" | "PASSWORD"> {
  const { clawdbotVariables } = era.locations;
  const prefixes = ["OPENCLAW", ...(clawdbotVariables ? ["CLAWDBOT"] : [])];
  const isSet = (name: string) =>
    environmentKeys.includes(name) ||
    [dotenv.get(name), ...[["env"], ["env", "vars"]].map((at) => valueAt(config, [...at, name]))]
      .filter((value) => typeof value === "string")
      .some((value) => value.trim() !== "");
  const ways = ["TOKEN", "PASSWORD"] as const;
  return new Set(ways.filter((way) => prefixes.some((one) => isSet(`${one}_GATEWAY_${way}`))));
}

/** A config that others may read contains only the token's name. */
const TOKEN_VARIABLE = "OPENCLAW_GATEWAY_TOKEN";
const TOKEN_REFERENCE = `\${${TOKEN_VARIABLE}}`;

function withToken(finding: Finding, value: string): Finding {
  const isNamed = JSON.stringify(finding.edits).includes(TOKEN_REFERENCE);
  return isNamed ? { ...finding, setDotenv: { name: TOKEN_VARIABLE, value } } : finding;
}

function gateway(
  at: At,
  requirements: Snapshot["era"]["gateway"],
  token: string,
  variables: ReadonlySet<"TOKEN" | "PASSWORD">,
): Finding[] {
  if (at("gateway", "mode") === "remote") return [];
  const auth = at("gateway", "auth");
  const edits = requirements.flatMap((requirement): ConfigEdit[] => {
    const path = [...requirement.path];
    if (at(...path) !== undefined) return [];
    if (!("generate" in requirement.propose)) {
      return [{ op: "set", path, value: requirement.propose.value }];
    }
    const byToken = at("gateway", "auth", "mode") === "token";
    if (variables.has("TOKEN") || (variables.has("PASSWORD") && !byToken)) return [];
    if (auth === undefined) {
      return [{ op: "set", path: ["gateway", "auth"], value: { mode: "token", token } }];
    }
    // Another way of signing in is the user's choice.
    const mode = at("gateway", "auth", "mode");
    const isOther = (mode !== undefined && mode !== "token") || !isJsonObject(auth);
    if (isOther || at("gateway", "auth", "password") !== undefined) return [];
    const way: ConfigEdit = { op: "set", path: ["gateway", "auth", "mode"], value: "token" };
    return [...(mode === undefined ? [way] : []), { op: "set", path, value: token }];
  });
  if (edits.length === 0) return [];
  const sets = (name: string) => (edits.some(({ path }) => path[1] === name) ? "yes" : "no");
  const data = { mode: sets("mode"), bind: sets("bind"), auth: sets("auth") };
  return [{ id: "gateway-defaults", kind: "gateway-defaults", data, important: true, edits }];
}
