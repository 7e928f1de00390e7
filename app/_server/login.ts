/** The ChatGPT login of a visit: its tokens are in the server's store, the visit only holds their id. */

import type { ChatGptLogin } from "@/lib/openai/chatgpt/login";
import { summarize } from "@/lib/openai/chatgpt/login";
import { currentInstance } from "@/lib/session/instance";
import type { LoginSource, Wizard } from "@/lib/setup/wizard";

/** With its tokens; null when signed out, or when the store has let go of it (an hour, a restart). */
export async function currentLogin(wizard: Wizard): Promise<ChatGptLogin | null> {
  return wizard.login ? currentInstance().signIn.store.get(wizard.login.id) : null;
}

/**
 * Deletes our copy, as after OpenClaw has taken it over. Nothing is revoked: that would end the
 * login for its new owner.
 */
export async function forgetLogin(wizard: Wizard): Promise<void> {
  if (wizard.login) await currentInstance().signIn.store.delete(wizard.login.id);
  wizard.login = null;
}

/** Keeps a login for this visit, in place of an earlier one. */
export async function keepLogin(
  wizard: Wizard,
  login: ChatGptLogin,
  source: LoginSource,
): Promise<void> {
  const id = await currentInstance().signIn.store.put(login);
  await adoptLogin(wizard, id, login, source);
}

/** The same for a login that is in the store already. */
export async function adoptLogin(
  wizard: Wizard,
  id: string,
  login: ChatGptLogin,
  source: LoginSource,
): Promise<void> {
  await forgetLogin(wizard);
  wizard.auth = "chatgpt";
  wizard.login = { id, account: summarize(login), source };
  wizard.model = null;
  wizard.write = null;
}
