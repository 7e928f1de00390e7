/** The ChatGPT login of a visit: its tokens are in the server's store, the visit only holds their id. */

import { type AccountCheck, checkAccount } from "@/lib/openai/chatgpt/account-check";
import { parseBackend } from "@/lib/openai/chatgpt/backend";
import { parseIssuer } from "@/lib/openai/chatgpt/issuer";
import type { ChatGptLogin } from "@/lib/openai/chatgpt/login";
import { summarize } from "@/lib/openai/chatgpt/login";
import type { Environment } from "@/lib/openclaw/places/home";
import { type Job, startJob } from "@/lib/system/job";
import { choicesChanged } from "@/lib/visit/outcome";
import type { LoginSource, Wizard } from "@/lib/visit/visit";

/** With its tokens; null when signed out, or when the store has let go of it (an hour, a restart). */
export async function currentLogin(wizard: Wizard): Promise<ChatGptLogin | null> {
  return wizard.login ? wizard.host.signIn.store.get(wizard.login.id) : null;
}

/**
 * Deletes our copy, as after OpenClaw has taken it over. Nothing is revoked: that would end the
 * login for its new owner.
 */
export async function forgetLogin(wizard: Wizard): Promise<void> {
  wizard.login?.check?.cancel();
  if (wizard.login) await wizard.host.signIn.store.delete(wizard.login.id);
  wizard.login = null;
}

/** Keeps a login for this visit, in place of an earlier one. */
export async function keepLogin(
  wizard: Wizard,
  login: ChatGptLogin,
  source: LoginSource,
  check: Job<AccountCheck> | null = startAccountCheck(wizard, login),
): Promise<void> {
  const id = await wizard.host.signIn.store.put(login);
  await adoptLogin(wizard, id, login, source, check);
}

/** The same for a login that is in the store already. */
export async function adoptLogin(
  wizard: Wizard,
  id: string,
  login: ChatGptLogin,
  source: LoginSource,
  check: Job<AccountCheck> | null = startAccountCheck(wizard, login),
): Promise<void> {
  await forgetLogin(wizard);
  wizard.auth = "chatgpt";
  wizard.signIn.codexCheck = null;
  wizard.login = { id, account: summarize(login), source, check };
  wizard.model = null;
  choicesChanged(wizard);
}

export function asksChatGpt({ host }: Pick<Wizard, "host">): boolean {
  const backend = chatGptBackend(host.env);
  return backend !== null && (!backend.ok || backend.value !== null);
}

function chatGptBackend(env: Environment) {
  const issuer = parseIssuer(env["CHATGPT_ISSUER"]);
  return issuer.ok ? parseBackend(env["CHATGPT_BASE_URL"], issuer.value) : null;
}

/** Asks ChatGPT about a login, without renewing it; null where there is no ChatGPT to ask. */
export function startAccountCheck(
  { host }: Pick<Wizard, "host">,
  login: ChatGptLogin,
): Job<AccountCheck> | null {
  const { env } = host;
  const backend = chatGptBackend(env);
  if (backend === null) return null;
  if (!backend.ok) {
    const { code } = backend.error;
    return startJob(async () => ({ kind: "unchecked", reason: "base-url-invalid", detail: code }));
  }
  const { value } = backend;
  if (value === null) return null;
  return startJob((signal) => checkAccount(login, { backend: value, signal, env }));
}
