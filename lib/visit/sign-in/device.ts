/** Signing in on another device by a short code, joined to the visit; and ending a login that nobody took over. */

import { type DeviceSignIn, startDeviceSignIn } from "@/lib/openai/chatgpt/device-code";
import { type Issuer, parseIssuer } from "@/lib/openai/chatgpt/issuer";
import type { ChatGptLogin } from "@/lib/openai/chatgpt/login";
import { problem, type SignInProblem } from "@/lib/openai/chatgpt/problems";
import { revokeLogin } from "@/lib/openai/chatgpt/token-endpoint";
import { err, type Result } from "@/lib/result";
import { settledWithin, startJob } from "@/lib/system/job";
import { currentLogin, forgetLogin, keepLogin } from "@/lib/visit/login";
import type { Wizard } from "@/lib/visit/visit";

/** The service has no longer than this to end a login. */
const REVOKE_TIMEOUT_MS = 3_000;

/** CHATGPT_ISSUER, or the real one. */
export function issuerOf({ host }: Wizard): Result<Issuer, SignInProblem> {
  const issuer = parseIssuer(host.env["CHATGPT_ISSUER"]);
  return issuer.ok ? issuer : err(problem("issuer-invalid", issuer.error.code));
}

/** Asks for a device code; the page of the code watches what comes of it. */
export async function startDevice(wizard: Wizard): Promise<void> {
  endDevice(wizard);
  const issuer = issuerOf(wizard);
  wizard.auth = "chatgpt";
  wizard.signIn.problem = issuer.ok ? null : issuer.error;
  wizard.signIn.underWay = false;
  if (!issuer.ok) return;
  await wizard.host.signIn.relay.close();
  const flow = startDeviceSignIn(issuer.value, { http: { env: wizard.host.env } });
  wizard.signIn.device = flow;
  void flow.finished.then(() => concludeDevice(wizard, flow));
  await settledWithin({ settled: flow.changed(flow.state) });
}

async function concludeDevice(wizard: Wizard, flow: DeviceSignIn): Promise<void> {
  const { state } = flow;
  const wanted = wizard.signIn.device === flow;
  if (state.kind === "signed-in" && wanted) {
    await releaseLogin(wizard);
    await keepLogin(wizard, state.login, "device-code");
  } else if (state.kind === "signed-in") {
    // Given up while the service was answering: nobody is to hold this login.
    revoke(wizard, state.login);
  } else if (state.kind === "failed" && wanted) {
    wizard.signIn.problem = state.problem;
  }
  if (wanted) wizard.signIn.device = null;
}

export function endDevice(wizard: Wizard): void {
  wizard.signIn.device?.cancel();
  wizard.signIn.device = null;
}

/**
 * Signs out: our copy is deleted, and what this program was given is revoked at the service, for which
 * nobody has to wait. A login that Codex owns is only deleted here, since revoking would end it for Codex.
 */
export async function releaseLogin(wizard: Wizard): Promise<void> {
  const login = await currentLogin(wizard);
  const ours = wizard.login?.source !== "codex" && !wizard.login?.taken;
  await forgetLogin(wizard);
  if (login && ours) revoke(wizard, login);
}

/** In the background, after those that are on their way already. */
export function revoke(wizard: Wizard, login: ChatGptLogin): void {
  const issuer = issuerOf(wizard);
  if (!issuer.ok) return;
  const earlier = wizard.signIn.revoking;
  wizard.signIn.revoking = startJob(() =>
    Promise.all([
      earlier?.settled,
      revokeLogin(issuer.value, login, { timeoutMs: REVOKE_TIMEOUT_MS }),
    ]),
  );
}
