/** Derives from the trials where keys and logins are stored, and in which forms. Pure. */

import type {
  KeyForm,
  RefusedKeyForm,
  ReleaseFacts,
  SomeFacts,
} from "@/lib/openclaw/releases/facts";
import { OPENAI } from "@/lib/openclaw/releases/names";
import type { ToldAnswers } from "@/lib/openclaw/told/answers";
import { lacking, type Part, type ReadFact, type UnreadFact } from "@/lib/openclaw/told/facts-read";
import type { ToldOpenAi } from "@/lib/openclaw/told/openai-extension";
import type { ToldSchema } from "@/lib/openclaw/told/schema";

/** The row applies to what could not be tried. */
export function storePart(
  row: ReleaseFacts,
  { keyStore, profilesJson, schema }: ToldAnswers,
  openAi: ToldOpenAi | null,
): Part {
  const forms = (json: "used" | "ignored" | "refused", paste: boolean) =>
    keyForms(schema.ok ? schema.value : null, row, json, paste);
  const noPaste = !keyStore.ok && keyStore.error === "no-such-command";
  const json = profilesJson.ok ? profilesJson.value : row.credentials.profilesJson;
  const paste = keyStore.ok || (!noPaste && row.commands.pasteApiKey);
  const facts: SomeFacts = {
    ...forms(json, paste),
    commands: { pasteApiKey: paste },
    credentials: {
      profilesJson: json,
      ...(keyStore.ok ? { sqlite: SQLITE[keyStore.value] } : {}),
      ...loginRules(json, openAi),
    },
    ...(profilesJson.ok ? { login: loginRoute(json, openAi) } : {}),
  };
  const read: ReadFact[] = [
    ...(keyStore.ok || noPaste ? [{ fact: "keyStore", source: "trial" } as const] : []),
    ...(profilesJson.ok ? [{ fact: "login", source: "trial" } as const] : []),
  ];
  const unread: UnreadFact[] = [
    ...(keyStore.ok || noPaste ? [] : lacking("trial", keyStore.error, "keyStore").unread),
    ...(profilesJson.ok ? [] : lacking("trial", profilesJson.error, "login").unread),
  ];
  return { facts, read, unread };
}

const SQLITE = {
  "profiles-json": "none",
  "agent-sqlite": "agent",
  "shared-sqlite": "shared",
} as const;

/** A login without its own provider belongs to `openai`, as in every row from 2026.6.1 on. */
function loginRules(json: "used" | "ignored" | "refused", openAi: ToldOpenAi | null) {
  if (json === "used" && (openAi === null || hasLoginProvider(openAi))) return {};
  return { loginProvider: OPENAI, loginAnswersForKeys: false, codexLogin: false } as const;
}

function loginRoute(
  json: "used" | "ignored" | "refused",
  openAi: ToldOpenAi | null,
): ReleaseFacts["login"] {
  if (json !== "used") {
    const command = ["doctor", "--fix", "--non-interactive"];
    return {
      kind: "doctor-import",
      fileProvider: "openai-codex",
      storedProvider: OPENAI,
      command,
    };
  }
  const provider = openAi === null || hasLoginProvider(openAi) ? "openai-codex" : OPENAI;
  return { kind: "auth-profiles-json", provider, profileId: `${provider}:default` };
}

function hasLoginProvider({ providers }: ToldOpenAi): boolean {
  return providers.includes("openai-codex");
}

function keyForms(
  schema: ToldSchema | null,
  row: ReleaseFacts,
  json: "used" | "ignored" | "refused",
  paste: boolean,
): Pick<ReleaseFacts, "keyForms" | "refusedKeyForms"> {
  const flat = schema ? schema.flatEnv : row.keyForms.includes("env-flat");
  const ref = schema ? schema.secretRef : row.keyForms.includes("provider-secret-ref");
  const all: ReadonlyArray<readonly [KeyForm, RefusedKeyForm["why"] | null]> = [
    ["dotenv", null],
    ["env-vars", null],
    ["env-flat", flat ? null : "config-invalid"],
    ["provider-env-ref", null],
    ["provider-secret-ref", ref ? null : "config-invalid"],
    ["provider-plain", null],
    [
      "auth-profiles-json",
      json === "used" ? null : json === "refused" ? "needs-doctor" : "ignored",
    ],
    ["paste-api-key", paste ? null : "no-such-command"],
  ];
  return {
    keyForms: all.flatMap(([form, why]) => (why === null ? [form] : [])),
    refusedKeyForms: all.flatMap(([form, why]) => (why === null ? [] : [{ form, why }])),
  };
}
