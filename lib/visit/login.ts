/** Manages a visit's ChatGPT login, whose tokens stay in the server's store. */

import { type AccountCheck, checkAccount } from "@/lib/openai/chatgpt/account-check";
import { parseBackend } from "@/lib/openai/chatgpt/backend";
import { parseIssuer } from "@/lib/openai/chatgpt/issuer";
import type { ChatGptLogin } from "@/lib/openai/chatgpt/login";
import { summarize } from "@/lib/openai/chatgpt/login";
import type { Environment } from "@/lib/openclaw/places/home";
import { type Job, startJob } from "@/lib/system/job";
import { choicesChanged } from "@/lib/visit/outcome";
import type { LoginSource, Visit } from "@/lib/visit/visit";

/** Null if signed out, or if the store dropped the login (after an hour or a restart). */
export async function currentLogin(visit: Visit): Promise<ChatGptLogin | null> {
  return visit.login ? visit.host.signIn.store.get(visit.login.id) : null;
}

/** Deletes our copy after OpenClaw has taken the login over, without revoking it. */
export async function forgetLogin(visit: Visit): Promise<void> {
  visit.login?.check?.cancel();
  if (visit.login) await visit.host.signIn.store.delete(visit.login.id);
  visit.login = null;
}

export async function keepLogin(
  visit: Visit,
  login: ChatGptLogin,
  source: LoginSource,
  check: Job<AccountCheck> | null = startAccountCheck(visit, login),
): Promise<void> {
  const id = await visit.host.signIn.store.put(login);
  await adoptLogin(visit, id, login, source, check);
}

export async function adoptLogin(
  visit: Visit,
  id: string,
  login: ChatGptLogin,
  source: LoginSource,
  check: Job<AccountCheck> | null = startAccountCheck(visit, login),
): Promise<void> {
  await forgetLogin(visit);
  visit.auth = "chatgpt";
  visit.signIn.codexCheck = null;
  visit.login = { id, account: summarize(login), source, check };
  visit.model = null;
  choicesChanged(visit);
}

export function asksChatGpt({ host }: Pick<Visit, "host">): boolean {
  const backend = chatGptBackend(host.env);
  return backend !== null && (!backend.ok || backend.value !== null);
}

function chatGptBackend(env: Environment) {
  const issuer = parseIssuer(env["CHATGPT_ISSUER"]);
  return issuer.ok ? parseBackend(env["CHATGPT_BASE_URL"], issuer.value) : null;
}

/** Does not refresh the login; null if there is no ChatGPT to ask. */
export function startAccountCheck(
  { host }: Pick<Visit, "host">,
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
