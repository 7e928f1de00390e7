import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DEFAULT_ACCOUNT, startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer-types";
import { type SignInApp, type SignInAppSettings, startSignInApp } from "@/e2e/servers/sign-in-app";
import { TestBrowser } from "@/e2e/servers/test-browser";
import { type Issuer, parseIssuer } from "@/lib/openai/chatgpt/issuer";
import type { ChatGptLogin } from "@/lib/openai/chatgpt/login";
import type { SignInProblem } from "@/lib/openai/chatgpt/problems";
import { type CallbackRelay, createCallbackRelay } from "@/lib/openai/chatgpt/relay";
import { createMemoryTokenStore, type TokenStore } from "@/lib/sign-in/token-store";

let service: ChatGptIssuer;
let issuer: Issuer;
let relay: CallbackRelay;
let store: TokenStore<ChatGptLogin>;
let app: SignInApp;
let browser: TestBrowser;
let problems: SignInProblem[];
let callbackPort: number;
const cleanups: Array<() => unknown> = [];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

beforeAll(async () => {
  // As a machine has them on which another project uses next-auth.
  process.env["NEXTAUTH_URL"] = "https://elsewhere.example";
  process.env["NEXTAUTH_SECRET"] = "of another project";
  callbackPort = await freePort();
  service = await startChatGptIssuer({ callbackPort });
  const parsed = parseIssuer(service.url);
  if (!parsed.ok) throw new Error("issuer");
  issuer = parsed.value;
});
afterAll(() => service.close());

beforeEach(async () => {
  service.fault = null;
  service.account = DEFAULT_ACCOUNT;
  problems = [];
  browser = new TestBrowser();
  store = createMemoryTokenStore();
  relay = createCallbackRelay({ port: callbackPort });
  app = await start();
});
afterEach(async () => {
  await Promise.all([relay.close(), app.close()]);
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const start = (over: Partial<SignInAppSettings> = {}) =>
  startSignInApp({
    issuer,
    store,
    relay,
    callbackPort,
    secret: "0123456789abcdef0123456789abcdef",
    cookiePrefix: "ocs-test",
    page: "/sign-in",
    http: { env: {} },
    onProblem: (problem) => problems.push(problem),
    ...over,
  });

/** Presses the app's button; ends on the service's page, or wherever the app sent it instead. */
const press = (origin: string = app.url, to = "/model") =>
  browser.open(`${origin}/start?to=${encodeURIComponent(to)}`, { form: {} });

/** Presses the service's button; `stopAt` catches the browser on its way back. */
async function consent(stopAt?: (url: URL) => boolean, origin: string = app.url) {
  const page = await press(origin);
  expect(page.body).toContain("Continue");
  return browser.open(page.url, { form: {}, ...(stopAt ? { stopAt } : {}) });
}

const onCallback = (url: URL) => url.pathname === "/auth/callback";
const whoami = async (origin: string = app.url) =>
  JSON.parse((await browser.open(`${origin}/whoami`)).body) as object;

describe("a sign-in through the relay", () => {
  test("ends on the page asked for, with the login held by the server", async () => {
    const landed = await consent();
    expect(landed.url.href).toBe(`${app.url}/model`);
    expect(await whoami()).toEqual({ signedIn: true, held: "person@example.com" });
    expect(problems).toEqual([]);
    expect(relay.listening).toBe(false);
    // State and verifier were for this once.
    expect(browser.names("127.0.0.1").filter((name) => /state|pkce/u.test(name))).toEqual([]);
  });

  test("asks the service as its public client does", async () => {
    const page = await press();
    const query = Object.fromEntries(page.visited[1]?.searchParams ?? []);
    expect(query).toEqual({
      client_id: "app_EMoamEEZ73f0CkXaXp7hrann",
      response_type: "code",
      redirect_uri: `http://localhost:${callbackPort}/auth/callback`,
      scope: "openid profile email offline_access",
      id_token_add_organizations: "true",
      codex_cli_simplified_flow: "true",
      originator: "openclaw-setup",
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/u),
      state: expect.stringMatching(/^[\w-]{43}$/u),
    });
    await browser.open(page.url, { form: {} });
    const exchange = service.seen.findLast((request) => request.path === "/oauth/token");
    expect(exchange?.authorization).toBe("");
    expect(Object.keys(exchange?.form ?? {}).sort()).toEqual([
      "client_id",
      "code",
      "code_verifier",
      "grant_type",
      "redirect_uri",
    ]);
  });

  test.each(["localhost", "127.0.0.1"])("returns to the name it was begun at: %s", async (name) => {
    const origin = `http://${name}:${app.port}`;
    const landed = await consent(undefined, origin);
    expect(landed.url.href).toBe(`${origin}/model`);
    expect(await whoami(origin)).toMatchObject({ signedIn: true });
  });

  test("no token is in anything the browser got", async () => {
    service.account = { ...DEFAULT_ACCOUNT, accountId: "acct-secret-canary" };
    await consent();
    const everything = app.sent.join("\n");
    const tokens = service.issued.slice(-3).map(({ token }) => token);
    expect(tokens).toHaveLength(3);
    for (const token of tokens) {
      for (const part of token.split(".")) expect(everything).not.toContain(part);
    }
  });

  test("when the store has lost the login the session says so", async () => {
    await consent();
    const restarted = await start({ store: createMemoryTokenStore() });
    cleanups.push(() => restarted.close());
    expect(await whoami(restarted.url)).toEqual({ signedIn: true, held: null });
  });
});

describe("served on the callback port itself", () => {
  test("begun before a restart it is no longer known after it", async () => {
    // Begun at the name that the service leads back to, as on the usual port.
    const stopped = await consent(onCallback, `http://localhost:${app.port}`);
    await Promise.all([relay.close(), app.close()]);
    store = createMemoryTokenStore();
    // As every process has its own.
    app = await start({ relay: null, secret: "another-secret-another-secret-12" });
    const origin = `http://localhost:${app.port}`;
    const landed = await browser.open(`${origin}/auth/callback${stopped.url.search}`);
    expect(landed.url.searchParams.get("problem")).toBe("session-lost");
    expect(await whoami(origin)).toEqual({ signedIn: false, held: null });
    // What is left of it in the browser is in nobody's way.
    const again = await consent(onCallback, origin);
    await browser.open(`${origin}/auth/callback${again.url.search}`);
    expect(await whoami(origin)).toEqual({ signedIn: true, held: "person@example.com" });
  });

  test("the rewritten address reaches next-auth without a relay", async () => {
    const own = await start({ relay: null });
    cleanups.push(() => own.close());
    const caught = await consent(onCallback, own.url);
    // What the rewrite does: same path, same cookies, this server.
    const url = new URL(`${own.url}/auth/callback${caught.url.search}`);
    expect((await browser.open(url)).url.href).toBe(`${own.url}/model`);
    expect(await whoami(own.url)).toMatchObject({ signedIn: true });
  });
});

describe("refused", () => {
  const problemIn = (url: URL) => [url.pathname, url.searchParams.get("problem")];
  const callbackAt = (caught: URL, change: (parameters: URLSearchParams) => void) => {
    const url = new URL(`${app.url}/api/auth/callback/openai-codex${caught.search}`);
    change(url.searchParams);
    return url;
  };

  test.each<[string, (parameters: URLSearchParams) => void, string]>([
    ["another state", (p) => p.set("state", "x".repeat(43)), "state-mismatch"],
    ["no state", (p) => p.delete("state"), "state-mismatch"],
    ["two states", (p) => p.append("state", "y"), "state-mismatch"],
    ["two codes", (p) => p.append("code", "y"), "state-mismatch"],
    ["another issuer", (p) => p.set("iss", "https://evil.example"), "state-mismatch"],
    ["another code", (p) => p.set("code", "stolen"), "code-expired"],
    ["no code", (p) => p.delete("code"), "code-missing"],
    [
      "tokens in the address",
      (p) => {
        p.delete("code");
        p.set("access_token", "planted");
        p.set("token_type", "bearer");
      },
      "code-missing",
    ],
  ])("a callback with %s", async (_name, change, code) => {
    const caught = await consent(onCallback);
    const landed = await browser.open(callbackAt(caught.url, change));
    expect(problemIn(landed.url)).toEqual(["/sign-in", code]);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(await whoami()).toEqual({ signedIn: false, held: null });
  });

  test("the relay lets go only for the state it waits for", async () => {
    const caught = await consent(onCallback);
    const wrong = new URL(caught.url);
    wrong.searchParams.set("state", "wrong");
    expect(problemIn((await browser.open(wrong)).url)).toEqual(["/sign-in", "state-mismatch"]);
    expect(relay.listening).toBe(true);
    expect((await browser.open(caught.url)).url.pathname).toBe("/model");
  });

  test("a code used before", async () => {
    const caught = await consent(onCallback);
    const again = await browser.open(caught.url);
    expect(again.url.pathname).toBe("/model");
    // The state went with the first use, so even the same browser gets no further.
    const landed = await browser.open(callbackAt(caught.url, () => {}));
    expect(problemIn(landed.url)).toEqual(["/sign-in", "session-lost"]);
  });

  test("a browser that did not begin it, and one whose attempt is of another secret", async () => {
    const caught = await consent(onCallback);
    const stranger = await new TestBrowser().open(callbackAt(caught.url, () => {}));
    expect(problemIn(stranger.url)).toEqual(["/sign-in", "session-lost"]);
    const restarted = await start({ secret: "another-secret-another-secret-12" });
    cleanups.push(() => restarted.close());
    const url = new URL(`${restarted.url}/api/auth/callback/openai-codex${caught.url.search}`);
    expect(problemIn((await browser.open(url)).url)).toEqual(["/sign-in", "session-lost"]);
  });

  test("a verifier of another attempt", async () => {
    const first = await consent(onCallback);
    // A second attempt replaces the verifier's cookie; its state is put beside the first code.
    const second = await press();
    const state = second.visited[1]?.searchParams.get("state") ?? "";
    const landed = await browser.open(callbackAt(first.url, (p) => p.set("state", state)));
    expect(problemIn(landed.url)).toEqual(["/sign-in", "code-expired"]);
  });

  test("the older of two tabs, while the newer one still works", async () => {
    const older = await consent(onCallback);
    const newer = await consent(onCallback);
    expect(problemIn((await browser.open(older.url)).url)[1]).toBe("state-mismatch");
    expect((await browser.open(newer.url)).url.pathname).toBe("/model");
  });

  test.each([
    ["denied", "denied"],
    ["no-entitlement", "no-codex-entitlement"],
    ["workspace", "workspace-restricted"],
    ["region", "region"],
    ["html", "not-json"],
    ["500", "server-error"],
    ["reset", "unreachable"],
    ["truncated", "unreachable"],
    ["no-refresh-token", "incomplete-answer"],
    ["clock-ahead", "clock-skew"],
    ["clock-behind", "clock-skew"],
  ] as const)("service fault %s", async (fault, code) => {
    service.fault = fault;
    const landed = await consent();
    expect(problemIn(landed.url)).toEqual(["/sign-in", code]);
    expect(problems[0]?.code).toBe(code);
    expect(await whoami()).toEqual({ signedIn: false, held: null });
    // And the next attempt is not burdened by it.
    service.fault = null;
    expect((await consent()).url.pathname).toBe("/model");
  });

  test("port 1455 held by another program", async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(callbackPort, "127.0.0.1", resolve));
    cleanups.push(() => new Promise((done) => holder.close(done)));
    expect(problemIn((await press()).url)).toEqual(["/sign-in", "port-taken"]);
    expect(holder.listening).toBe(true);
  });

  test("a page outside as the place to end", async () => {
    for (const to of ["https://evil.example/", "//evil.example", "javascript:alert(1)"]) {
      const page = await press(app.url, to);
      expect(page.body).toContain("Continue");
      const landed = await browser.open(page.url, { form: {} });
      expect(landed.url.origin).toBe(app.url);
    }
  });

  test("a problem in the address is shown only when it is one", async () => {
    const show = async (value: string) =>
      problemIn(
        (await browser.open(`${app.url}/api/auth/callback/openai-codex?problem=${value}`)).url,
      );
    expect(await show("denied")).toEqual(["/sign-in", "denied"]);
    expect(await show("%3Cscript%3E")).toEqual(["/sign-in", "code-missing"]);
  });
});

test("the cookies carry this server's name and are out of reach of scripts", async () => {
  await press();
  const lines = (JSON.parse(app.sent.at(-1) ?? "")[1] as { "set-cookie": string[] })["set-cookie"];
  expect(lines.map((line) => line.split("=")[0]).sort()).toEqual([
    "ocs-test.callback-url",
    "ocs-test.csrf",
    "ocs-test.pkce",
    "ocs-test.state",
  ]);
  for (const line of lines) expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax/u);
});
