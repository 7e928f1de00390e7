/** Forms written by hand, without the planner, so that the table itself is measured. */
import type { KeyForm, RefusedBecause, ReleaseEra } from "@/lib/openclaw/releases/facts";
import { ask, askStatus, askValid, lookupOf, type Subject, takeTurn, words } from "./judge";
import { KEY } from "./setup";

/** The least a release needs to run `ref`, with whatever else is given. */
export function rawConfig(era: ReleaseEra, ref: string, more: object = {}): object {
  const pin = era.runtimePin;
  const pinned = Object.keys(pin?.providers ?? {}).some((provider) =>
    ref.startsWith(`${provider}/`),
  );
  return {
    ...more,
    agents: {
      defaults: {
        model: { primary: ref },
        ...(pin && pinned ? { models: { [ref]: { agentRuntime: { id: pin.id } } } } : {}),
      },
    },
  };
}

const PROFILES = ".openclaw/agents/main/agent/auth-profiles.json";
const PROVIDER = { baseUrl: "https://api.openai.com/v1", models: [] };
const SECRET_REF = { source: "env", provider: "default", id: "OPENAI_API_KEY" };

/** Writes the key in that form, asks for a turn, and says what the release made of it. */
export async function tryForm(
  subject: Subject,
  form: KeyForm,
): Promise<"accepted" | RefusedBecause> {
  const { home } = subject;
  const { era } = lookupOf(subject);
  const dotenv = `OPENAI_API_KEY=${KEY}\n`;
  const provider = (apiKey: unknown) => ({
    models: { providers: { openai: { ...PROVIDER, apiKey } } },
  });
  const more: Partial<Record<KeyForm, object>> = {
    "env-vars": { env: { vars: { OPENAI_API_KEY: KEY } } },
    "env-flat": { env: { OPENAI_API_KEY: KEY } },
    "provider-plain": provider(KEY),
    "provider-env-ref": provider(`\${OPENAI_API_KEY}`),
    "provider-secret-ref": provider(SECRET_REF),
  };
  const viaDotenv = ["dotenv", "provider-env-ref", "provider-secret-ref"].includes(form);
  await home.write(".openclaw/openclaw.json", rawConfig(era, era.defaultModel.apiKey, more[form]));
  await home.write(".openclaw/.env", viaDotenv ? dotenv : "");
  if (form === "auth-profiles-json") {
    const profile = { type: "api_key", provider: "openai", key: KEY };
    await home.write(PROFILES, { version: 1, profiles: { "openai:default": profile } });
  }
  if (form === "paste-api-key") {
    const args = ["models", "auth", "paste-api-key", "--provider", "openai"];
    const run = await ask(subject, args, { input: `${KEY}\n` });
    if (run.code !== 0 && /unknown (?:option|command)|not recognize/iu.test(words(run))) {
      return "no-such-command";
    }
  }
  const turn = await takeTurn(subject);
  if (turn.replied && `${turn.bearers}` === KEY) return "accepted";
  if (/run.{0,12}doctor --fix|MIGRATION_REQUIRED/u.test(turn.detail)) {
    // An invalid config advises the same, so the config is asked first.
    if (!(await isInvalid(subject))) return "needs-doctor";
  }
  return (await isInvalid(subject)) ? "config-invalid" : "ignored";
}

async function isInvalid(subject: Subject): Promise<boolean> {
  const valid = await askValid(subject);
  if (valid.verdict !== "no-such-command") return valid.verdict === "refused";
  const status = await askStatus(subject);
  return !status.answered && /invalid config/iu.test(status.detail);
}
