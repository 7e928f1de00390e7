import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer-types";
import {
  type Clock,
  DEVICE_CODE_LIFETIME_MS,
  type DeviceSignIn,
  type DeviceState,
  startDeviceSignIn,
} from "@/lib/openai/chatgpt/device-code";
import { type Issuer, parseIssuer } from "@/lib/openai/chatgpt/issuer";

/** Time stands still until a test moves it; sleepers are woken when their time has come. */
class ManualClock implements Clock {
  readonly #start = Date.now();
  #passed = 0;
  readonly slept: number[] = [];
  #sleepers: Array<{ until: number; wake: () => void }> = [];
  #watchers: Array<() => void> = [];

  now = () => this.#start + this.#passed;

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.slept.push(ms);
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const stop = () => reject(signal.reason);
      const wake = () => {
        signal.removeEventListener("abort", stop);
        resolve();
      };
      signal.addEventListener("abort", stop, { once: true });
      this.#sleepers.push({ until: this.#passed + ms, wake });
      for (const watch of this.#watchers.splice(0)) watch();
    });
  }

  /** Waits until somebody sleeps, then moves time by this much. */
  async pass(ms: number): Promise<void> {
    await this.asleep();
    this.#passed += ms;
    const due = this.#sleepers.filter((sleeper) => sleeper.until <= this.#passed);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.until > this.#passed);
    for (const sleeper of due) sleeper.wake();
  }

  async asleep(): Promise<void> {
    if (this.#sleepers.length === 0) await new Promise<void>((go) => this.#watchers.push(go));
  }
}

let service: ChatGptIssuer;
let clock: ManualClock;
const running: DeviceSignIn[] = [];
const cleanups: Array<() => unknown> = [];

function issuerAt(url: string): Issuer {
  const parsed = parseIssuer(url);
  if (!parsed.ok) throw new Error(parsed.error.code);
  return parsed.value;
}

function start(url: string = service.url): DeviceSignIn {
  const signIn = startDeviceSignIn(issuerAt(url), { clock, http: { env: {} } });
  running.push(signIn);
  return signIn;
}

async function waiting(signIn: DeviceSignIn): Promise<Extract<DeviceState, { kind: "waiting" }>> {
  const state = await signIn.changed(signIn.state);
  if (state.kind !== "waiting") throw new Error(`state ${JSON.stringify(state)}`);
  return state;
}

const approve = (userCode: string) =>
  fetch(`${service.url}/codex/device`, {
    method: "POST",
    body: new URLSearchParams({ user_code: userCode }),
  }).then((response) => response.text());

/** A service of fixed answers: the first request gets a code, each later one the next answer. */
async function scripted(
  polls: ReadonlyArray<readonly [number, unknown]>,
  first: readonly [number, unknown] = [
    200,
    { device_auth_id: "d1", usercode: "ABCD-EFGHI", interval: "2" },
  ],
) {
  const bodies: string[] = [];
  const answers = [first, ...polls];
  const listener: RequestListener = async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    const [status, answer] = answers[Math.min(bodies.length, answers.length) - 1] ?? [500, ""];
    if (status === 0) return void request.socket.destroy();
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
}

/** Lets time run until it has ended, poll after poll. */
async function runToEnd(signIn: DeviceSignIn): Promise<DeviceState> {
  let ended: DeviceState | null = null;
  const end = signIn.finished.then((state) => {
    ended = state;
  });
  while (!ended) await Promise.race([end, clock.pass(60_000)]);
  return ended;
}

beforeAll(async () => {
  service = await startChatGptIssuer();
});
afterAll(() => service.close());
beforeEach(() => {
  service.fault = null;
  clock = new ManualClock();
});
afterEach(async () => {
  for (const signIn of running.splice(0)) signIn.cancel();
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

describe("with the service", () => {
  test("shows the code, waits as told, and ends with the login", async () => {
    const signIn = start();
    expect(signIn.state).toEqual({ kind: "requesting" });
    const state = await waiting(signIn);
    expect(state).toEqual({
      kind: "waiting",
      userCode: expect.stringMatching(/^[A-Z0-9]{4}-[A-Z0-9]{5}$/u),
      page: `${service.url}/codex/device`,
      expiresAt: clock.now() + DEVICE_CODE_LIFETIME_MS,
    });
    await clock.pass(5000);
    await clock.asleep();
    expect(signIn.state).toBe(state);
    expect(await approve(state.userCode)).toContain("Device connected");
    await clock.pass(5000);
    expect(await signIn.finished).toMatchObject({
      kind: "signed-in",
      login: { email: "person@example.com", plan: "plus", accountId: "acct-3f6d2c1e-canary" },
    });
    expect(clock.slept).toEqual([5000, 5000]);
    const exchange = service.seen.findLast((request) => request.path === "/oauth/token");
    expect(exchange?.form["redirect_uri"]).toBe(`${service.url}/deviceauth/callback`);
  });

  test("cancelled while waiting, it asks no more", async () => {
    const signIn = start();
    await waiting(signIn);
    await clock.asleep();
    const before = service.seen.length;
    signIn.cancel();
    expect(await signIn.finished).toMatchObject({ problem: { code: "cancelled" } });
    expect(service.seen.length).toBe(before);
  });

  test("cancelled before there is a code", async () => {
    const signIn = start();
    signIn.cancel();
    expect(await signIn.finished).toMatchObject({ problem: { code: "cancelled" } });
  });

  test("ends after fifteen minutes without a last question", async () => {
    const signIn = start();
    await waiting(signIn);
    await clock.pass(DEVICE_CODE_LIFETIME_MS);
    expect(await signIn.finished).toMatchObject({ problem: { code: "expired" } });
    expect(service.seen.at(-1)?.path).toBe("/api/accounts/deviceauth/usercode");
  });

  test.each([
    ["device-disabled", "device-code-disabled"],
    ["region", "region"],
    ["html", "not-json"],
    ["500", "server-error"],
    ["reset", "unreachable"],
    ["truncated", "unreachable"],
  ] as const)("%s at the first step", async (fault, code) => {
    service.fault = fault;
    expect(await start().finished).toMatchObject({ kind: "failed", problem: { code } });
  });

  test.each([
    ["denied", "denied"],
    ["region", "region"],
    ["html", "not-json"],
    ["500", "server-error"],
    ["reset", "unreachable"],
  ] as const)("%s while waiting", async (fault, code) => {
    const signIn = start();
    await waiting(signIn);
    service.fault = fault;
    expect(await runToEnd(signIn)).toMatchObject({ kind: "failed", problem: { code } });
  });

  test("a service that comes back within a few questions is waited for", async () => {
    const signIn = start();
    const { userCode } = await waiting(signIn);
    service.fault = "500";
    await clock.pass(5000);
    await clock.pass(5000);
    await clock.asleep();
    service.fault = null;
    await approve(userCode);
    await clock.pass(5000);
    expect(await signIn.finished).toMatchObject({ kind: "signed-in" });
  });

  test("a clock far ahead of the service's", async () => {
    const signIn = start();
    const { userCode } = await waiting(signIn);
    service.fault = "clock-behind";
    await approve(userCode);
    await clock.pass(5000);
    expect(await signIn.finished).toMatchObject({ problem: { code: "clock-skew" } });
  });
});

describe("with answers the service may give", () => {
  test("the other spelling of the code, and an interval in words", async () => {
    const { url, bodies } = await scripted([[404, ""]]);
    const signIn = start(url);
    expect((await waiting(signIn)).userCode).toBe("ABCD-EFGHI");
    await clock.pass(2000);
    await clock.asleep();
    expect(clock.slept[0]).toBe(2000);
    expect(JSON.parse(bodies[0] ?? "")).toEqual({ client_id: "app_EMoamEEZ73f0CkXaXp7hrann" });
    expect(JSON.parse(bodies[1] ?? "")).toEqual({ device_auth_id: "d1", user_code: "ABCD-EFGHI" });
  });

  test.each([
    [undefined, 5000],
    ["soon", 5000],
    [0, 5000],
    ["0.2", 1000],
    [3600, 60_000],
  ])("interval %j means asking every %i ms", async (interval, ms) => {
    const first = [200, { device_auth_id: "d1", user_code: "A", interval }] as const;
    const { url } = await scripted([[403, ""]], first);
    await waiting(start(url));
    await clock.asleep();
    expect(clock.slept).toEqual([ms]);
  });

  test("told to slow down, it does", async () => {
    const { url } = await scripted([[429, ""]]);
    await waiting(start(url));
    await clock.pass(2000);
    await clock.asleep();
    expect(clock.slept).toEqual([2000, 7000]);
  });

  test.each<[string, readonly [number, unknown], string]>([
    ["an empty 403 is not yet", [403, ""], "expired"],
    ["a page as 404 is not yet", [404, "<html>"], "expired"],
    ["a refusal", [400, { error: "access_denied" }], "denied"],
    ["a grant without its verifier", [200, { authorization_code: "c" }], "incomplete-answer"],
    ["a connection cut", [0, ""], "unreachable"],
  ])("%s", async (_name, poll, code) => {
    const { url } = await scripted([poll]);
    expect(await runToEnd(start(url))).toMatchObject({ problem: { code } });
  });

  test.each([
    ["no id", { user_code: "A" }],
    ["no code", { device_auth_id: "d" }],
    ["a list", []],
  ])("a first answer with %s", async (_name, answer) => {
    const { url } = await scripted([], [200, answer]);
    expect(await start(url).finished).toMatchObject({ problem: { code: "incomplete-answer" } });
  });
});
