/** Connects the device sign-in to a visit, and revokes abandoned logins. */

import { type DeviceSignIn, startDeviceSignIn } from "@/lib/openai/chatgpt/device-code";
import { type Issuer, parseIssuer } from "@/lib/openai/chatgpt/issuer";
import type { ChatGptLogin } from "@/lib/openai/chatgpt/login";
import { problem, type SignInProblem } from "@/lib/openai/chatgpt/problems";
import { revokeLogin } from "@/lib/openai/chatgpt/token-endpoint";
import { err, type Result } from "@/lib/result";
import { settledWithin, startJob } from "@/lib/system/job";
import { currentLogin, forgetLogin, keepLogin } from "@/lib/visit/login";
import type { Visit } from "@/lib/visit/visit";

const REVOKE_TIMEOUT_MS = 3_000;

export function issuerOf({ host }: Visit): Result<Issuer, SignInProblem> {
  const issuer = parseIssuer(host.env["CHATGPT_ISSUER"]);
  return issuer.ok ? issuer : err(problem("issuer-invalid", issuer.error.code));
}

export async function startDevice(visit: Visit): Promise<void> {
  endDevice(visit);
  const issuer = issuerOf(visit);
  visit.auth = "chatgpt";
  visit.signIn.problem = issuer.ok ? null : issuer.error;
  visit.signIn.underWay = false;
  if (!issuer.ok) return;
  await visit.host.signIn.relay.close();
  const flow = startDeviceSignIn(issuer.value, { http: { env: visit.host.env } });
  visit.signIn.device = flow;
  void flow.finished.then(() => concludeDevice(visit, flow));
  await settledWithin({ settled: flow.changed(flow.state) });
}

async function concludeDevice(visit: Visit, flow: DeviceSignIn): Promise<void> {
  const { state } = flow;
  const wanted = visit.signIn.device === flow;
  if (state.kind === "signed-in" && wanted) {
    await releaseLogin(visit);
    await keepLogin(visit, state.login, "device-code");
  } else if (state.kind === "signed-in") {
    // Cancelled while the service answered, so nobody may keep this login.
    revoke(visit, state.login);
  } else if (state.kind === "failed" && wanted) {
    visit.signIn.problem = state.problem;
  }
  if (wanted) visit.signIn.device = null;
}

export function endDevice(visit: Visit): void {
  visit.signIn.device?.cancel();
  visit.signIn.device = null;
}

/** Signs out. A login of Codex is only deleted here, since revoking would end it for Codex. */
export async function releaseLogin(visit: Visit): Promise<void> {
  const login = await currentLogin(visit);
  const ours = visit.login?.source !== "codex" && !visit.login?.taken;
  await forgetLogin(visit);
  if (login && ours) revoke(visit, login);
}

export function revoke(visit: Visit, login: ChatGptLogin): void {
  const issuer = issuerOf(visit);
  if (!issuer.ok) return;
  const earlier = visit.signIn.revoking;
  visit.signIn.revoking = startJob(() =>
    Promise.all([
      earlier?.settled,
      revokeLogin(issuer.value, login, { timeoutMs: REVOKE_TIMEOUT_MS }),
    ]),
  );
}
