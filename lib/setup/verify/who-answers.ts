/** Lists who answers and who pays: every OpenAI credential here, in OpenClaw's order. */

import type { FoundCredential } from "@/lib/openclaw/credentials/found";
import { OPENAI_PROVIDERS } from "@/lib/openclaw/releases/names";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import type { StoredCredential } from "@/lib/setup/verify/credential-in-use";
import type { Verification } from "@/lib/setup/verify/verify";

export interface Holder {
  /** `store` is OpenClaw's own, which only OpenClaw can read. */
  readonly place: "store" | FoundCredential["source"];
  /** A profile, a variable, or a config path. */
  readonly name: string;
  /** Null for the environment and for a store. */
  readonly file: string | null;
  readonly kind: "key" | "login" | "unknown";
  /** The account, or the key's visible ends; "" if unknown. */
  readonly shown: string;
  readonly state:
    | "answers"
    /** It counts, but another comes first. */
    | "behind"
    | "expired"
    /** For a gateway started by the service, before every file. */
    | "service-first"
    | Exclude<FoundCredential["state"], "used">;
}

export interface WhoAnswers {
  /** `provider/model`, if set. */
  readonly model: string | null;
  /** If false, another provider is asked first, and none of these answers. */
  readonly isOpenAi: boolean;
  /** OpenClaw itself was asked, rather than only its files. */
  readonly isAsked: boolean;
  readonly holders: readonly Holder[];
  readonly answers: Holder | null;
}

type Answered = Extract<Verification, { kind: "answered" }>;

/** `verification` is OpenClaw's answer, if it could be asked. Pure. */
export function whoAnswers(
  found: Pick<MachineView, "credentials" | "defaultModel" | "snapshot">,
  verification: Verification | null,
): WhoAnswers {
  // OpenClaw says nothing more about a config that it refuses.
  const said =
    verification?.kind === "answered" && verification.valid !== false ? verification : null;
  const model = (said?.model ?? found.defaultModel) || null;
  const isOpenAi = model === null || OPENAI_PROVIDERS.includes(model.split("/")[0] ?? "");
  const stored = said?.stored ?? [];
  const rest = found.credentials.filter(
    ({ source, name }) =>
      !(said && source === "sqlite-store") &&
      !(source === "auth-profile" && stored.some(({ id }) => id === name)),
  );
  const first = isOpenAi ? (said ? firstSaid(said, rest) : rest.find(({ wins }) => wins)) : null;
  const holders = [
    ...stored.map((one) => storedHolder(one, one === first, found.credentials)),
    ...rest.map((one) => foundHolder(one, one === first, found.snapshot)),
  ];
  const answers = holders.find(({ state }) => state === "answers") ?? null;
  return { model, isOpenAi, isAsked: said !== null, holders, answers };
}

/** Finds the credential that OpenClaw means; undefined if none matches. */
function firstSaid(
  { credential, stored, verdict }: Answered,
  rest: readonly FoundCredential[],
): StoredCredential | FoundCredential | undefined {
  if (verdict === "unusable") return undefined;
  const used = rest.filter(({ state }) => state === "used");
  switch (credential.kind) {
    case "login":
      return stored.find(({ kind, isExpired }) => kind === "login" && !isExpired);
    case "key-profile":
      return stored.find(({ kind }) => kind === "key");
    case "key-variable":
      // OpenClaw also says so of the config's own key if that overrides a variable (2026.9.6).
      return used.find(({ fingerprint }) => isSame(credential.key, fingerprint?.last4 ?? ""));
    case "key-config":
      return used.find(({ source }) => source === "config-provider");
    default:
      return undefined;
  }
}

/** Whether OpenClaw's mask can belong to a key with this ending. */
function isSame(masked: string, last4: string): boolean {
  const end = /[\w-]{4}$/u.exec(masked)?.[0] ?? "";
  return end === "" || last4 === "" || end === last4;
}

function storedHolder(
  { id, kind, shown, isExpired }: StoredCredential,
  isFirst: boolean,
  credentials: readonly FoundCredential[],
): Holder {
  const file = credentials.find(({ source, name }) => source === "auth-profile" && name === id);
  const state = isFirst ? "answers" : isExpired ? "expired" : "behind";
  return { place: "store", name: id, file: file?.file ?? null, kind, shown, state };
}

function foundHolder(
  { source, name, file, kind, fingerprint, state }: FoundCredential,
  isFirst: boolean,
  { serviceVariables, era }: MachineView["snapshot"],
): Holder {
  const { prefix = "", last4 = "" } = fingerprint ?? {};
  const inService = serviceVariables.find((one) => one.name === name && one.file === file);
  const goesFirst = inService && (era.credentials.managedServiceWins || !inService.isManaged);
  const own = state === "used" ? (isFirst ? "answers" : "behind") : state;
  return {
    place: source,
    name,
    file,
    kind: kind === "api-key" ? "key" : kind === "oauth" ? "login" : "unknown",
    shown: fingerprint ? `${prefix}••••${last4}` : "",
    state: state === "service" && goesFirst ? "service-first" : own,
  };
}
