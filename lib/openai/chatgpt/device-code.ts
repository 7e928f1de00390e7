/** Signs in with a short code on another device, by the service's own protocol (not RFC 8628). */

import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { CLIENT_ID, type Issuer } from "@/lib/openai/chatgpt/issuer";
import type { ChatGptLogin } from "@/lib/openai/chatgpt/login";
import {
  problem,
  replyProblem,
  type SignInProblem,
  unreachable,
} from "@/lib/openai/chatgpt/problems";
import { exchangeCode } from "@/lib/openai/chatgpt/token-endpoint";
import { type HttpOptions, type HttpReply, send } from "@/lib/openai/http";
import { err, ok, type Result } from "@/lib/result";
import { parseJson } from "@/lib/text/json";

export const DEVICE_CODE_LIFETIME_MS = 15 * 60_000;
const DEFAULT_INTERVAL_S = 5;
const MIN_INTERVAL_S = 1;
const MAX_INTERVAL_S = 60;
const MAX_FAILURES = 5;

export type DeviceState =
  | { readonly kind: "requesting" }
  | {
      readonly kind: "waiting";
      readonly userCode: string;
      /** A fixed address for printing or a QR code; the user types the code there. */
      readonly page: string;
      readonly expiresAt: number;
    }
  | { readonly kind: "exchanging" }
  | { readonly kind: "signed-in"; readonly login: ChatGptLogin }
  | { readonly kind: "failed"; readonly problem: SignInProblem };

export interface Clock {
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface DeviceSignIn {
  readonly state: DeviceState;
  readonly since: number;
  /** Resolves with the next state other than `seen`, or at once if it has changed. */
  changed(seen: DeviceState): Promise<DeviceState>;
  /** Ends in `failed` with the code `cancelled`, unless already ended. */
  cancel(): void;
  readonly finished: Promise<DeviceState>;
}

export interface DeviceOptions {
  readonly http?: Omit<HttpOptions, "signal">;
  readonly clock?: Clock;
}

const systemClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => delay(ms, undefined, { signal, ref: false }),
};

/** Excludes characters that could be misread or change the page's text. */
const code = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/u);
const CodeAnswer = z
  .object({
    device_auth_id: z.string().min(1).max(2048),
    user_code: code.optional(),
    usercode: code.optional(),
    interval: z.coerce.number().positive().optional().catch(undefined),
  })
  .transform((answer, context) => {
    const userCode = answer.user_code ?? answer.usercode;
    if (userCode !== undefined) return { ...answer, userCode };
    context.addIssue({ code: "custom", message: "user_code" });
    return z.NEVER;
  });
const GrantAnswer = z.object({
  authorization_code: z.string().min(1).max(4096),
  code_verifier: z.string().min(1).max(256),
});
type Pending = z.infer<typeof CodeAnswer>;
type Grant = z.infer<typeof GrantAnswer>;

export function startDeviceSignIn(issuer: Issuer, options: DeviceOptions = {}): DeviceSignIn {
  const stop = new AbortController();
  const { now } = options.clock ?? systemClock;
  let state: DeviceState = { kind: "requesting" };
  let since = now();
  let waiters: Array<(state: DeviceState) => void> = [];
  const become = (next: DeviceState): DeviceState => {
    state = next;
    since = now();
    const woken = waiters;
    waiters = [];
    for (const wake of woken) wake(next);
    return next;
  };

  const flow = new DeviceFlow(issuer, options, stop.signal);
  const finished = flow
    .run(become)
    .catch((): SignInProblem => problem(stop.signal.aborted ? "cancelled" : "unexpected"))
    .then((result) =>
      become(
        "accessToken" in result
          ? { kind: "signed-in", login: result }
          : { kind: "failed", problem: result },
      ),
    );

  return {
    get state() {
      return state;
    },
    get since() {
      return since;
    },
    changed: (seen) =>
      state === seen ? new Promise((wake) => waiters.push(wake)) : Promise.resolve(state),
    cancel: () => stop.abort(),
    finished,
  };
}

class DeviceFlow {
  readonly #clock: Clock;
  readonly #http: HttpOptions;

  constructor(
    readonly issuer: Issuer,
    options: DeviceOptions,
    readonly signal: AbortSignal,
  ) {
    this.#clock = options.clock ?? systemClock;
    this.#http = { ...options.http, signal };
  }

  async run(become: (state: DeviceState) => void): Promise<ChatGptLogin | SignInProblem> {
    const pending = await this.#requestCode();
    if (!pending.ok) return pending.error;
    const expiresAt = this.#clock.now() + DEVICE_CODE_LIFETIME_MS;
    const { userCode } = pending.value;
    become({ kind: "waiting", userCode, page: this.issuer.device.page.href, expiresAt });

    const grant = await this.#poll(pending.value, expiresAt);
    if (!grant.ok) return grant.error;
    become({ kind: "exchanging" });

    const exchange = {
      code: grant.value.authorization_code,
      codeVerifier: grant.value.code_verifier,
      redirectUri: this.issuer.device.redirectUri,
    };
    const now = () => this.#clock.now();
    const login = await exchangeCode(this.issuer, exchange, { ...this.#http, now });
    return login.ok ? login.value : login.error;
  }

  async #requestCode(): Promise<Result<Pending, SignInProblem>> {
    const reply = await this.#post(this.issuer.device.userCode, { client_id: CLIENT_ID });
    if (!reply.ok) return reply;
    // The service returns 404 where the feature is unavailable.
    if (reply.value.status === 404) return err(problem("device-code-disabled", "HTTP 404"));
    return readAnswer(reply.value, CodeAnswer, []);
  }

  async #poll(pending: Pending, expiresAt: number): Promise<Result<Grant, SignInProblem>> {
    const asked = pending.interval ?? DEFAULT_INTERVAL_S;
    let seconds = Math.min(MAX_INTERVAL_S, Math.max(MIN_INTERVAL_S, asked));
    let failures = 0;
    for (;;) {
      const left = expiresAt - this.#clock.now();
      if (left <= 0) return err(problem("expired"));
      await this.#clock.sleep(Math.min(seconds * 1000, left), this.signal);
      if (this.#clock.now() >= expiresAt) return err(problem("expired"));
      const reply = await this.#post(this.issuer.device.poll, {
        device_auth_id: pending.device_auth_id,
        user_code: pending.userCode,
      });
      const step = judgePoll(reply, pending);
      if (step.kind === "granted") return ok(step.grant);
      if (step.kind === "failed") return err(step.problem);
      failures = step.kind === "again" ? failures + 1 : 0;
      if (step.kind === "again" && failures >= MAX_FAILURES) return err(step.problem);
      if (step.kind === "again" && step.problem.code === "rate-limited") seconds += 5;
    }
  }

  async #post(url: URL, body: object): Promise<Result<HttpReply, SignInProblem>> {
    const reply = await send(
      {
        url,
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      },
      this.#http,
    );
    return reply.ok ? reply : err(unreachable(reply.error));
  }
}

type PollStep =
  | { readonly kind: "granted"; readonly grant: Grant }
  | { readonly kind: "not-yet" }
  | { readonly kind: "again"; readonly problem: SignInProblem }
  | { readonly kind: "failed"; readonly problem: SignInProblem };

function judgePoll(reply: Result<HttpReply, SignInProblem>, pending: Pending): PollStep {
  if (!reply.ok) {
    const kind = reply.error.code === "unreachable" ? "again" : "failed";
    return { kind, problem: reply.error };
  }
  const secrets = [pending.device_auth_id];
  const { status } = reply.value;
  if (status === 200) {
    const grant = readAnswer(reply.value, GrantAnswer, secrets);
    return grant.ok
      ? { kind: "granted", grant: grant.value }
      : { kind: "failed", problem: grant.error };
  }
  const told = replyProblem(reply.value, secrets);
  if (status === 403 || status === 404) {
    // Both statuses mean "not yet", unless the body gives a permanent reason.
    const final = /^(?:region|denied|no-codex-entitlement|workspace-restricted)$/u.test(told.code);
    return final ? { kind: "failed", problem: told } : { kind: "not-yet" };
  }
  const passing = told.code === "rate-limited" || told.code === "server-error";
  return { kind: passing ? "again" : "failed", problem: told };
}

function readAnswer<T>(
  reply: HttpReply,
  schema: z.ZodType<T>,
  secrets: readonly string[],
): Result<T, SignInProblem> {
  if (reply.status !== 200) return err(replyProblem(reply, secrets));
  const body = parseJson(reply.text);
  if (body === undefined) return err(problem("not-json", "HTTP 200"));
  const parsed = schema.safeParse(body);
  return parsed.success ? ok(parsed.data) : err(problem("incomplete-answer"));
}
