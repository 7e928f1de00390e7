import { createServer, request as httpRequest } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { networkInterfaces } from "node:os";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type CallbackRelay, createCallbackRelay } from "@/lib/openai/chatgpt/relay";

interface Got {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

let port: number;
let relay: CallbackRelay;
let fire: (() => void) | null;
let timed: number[];
/** Called when the relay stops waiting for a sign-in, before its answer is out. */
let onStopped: () => void;
const cleanups: Array<() => unknown> = [];

const attempt = (state: string) => ({
  state,
  callbackUrl: new URL("http://127.0.0.1:3000/api/auth/callback/openai-codex"),
  problemUrl: new URL("http://127.0.0.1:3000/sign-in?problem=state-mismatch"),
});

beforeEach(async () => {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  port = (probe.address() as AddressInfo).port;
  await new Promise((done) => probe.close(done));
  fire = null;
  timed = [];
  onStopped = () => {};
  relay = createCallbackRelay({
    port,
    timer: (then, ms) => {
      fire = then;
      timed.push(ms);
      return () => {
        fire = null;
        onStopped();
      };
    },
  });
});
afterEach(async () => {
  await relay.close();
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function get(
  path: string,
  options: { host?: string; method?: string; headers?: Record<string, string> } = {},
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        host: options.host ?? "127.0.0.1",
        port,
        path,
        method: options.method ?? "GET",
        headers: { host: `localhost:${port}`, ...options.headers },
      },
      (response) => {
        let body = "";
        response.on("data", (chunk) => {
          body += chunk;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    sent.on("error", reject).end();
  });
}

/** Resolves once nobody listens there any more. */
async function released(): Promise<void> {
  await relay.close();
  await expect(get("/")).rejects.toMatchObject({ code: "ECONNREFUSED" });
}

describe("the callback", () => {
  test("is sent on to the app with what matters of its query, once", async () => {
    expect(await relay.expect(attempt("s1"))).toEqual({ ok: true, value: undefined });
    expect(relay.listening).toBe(true);
    const got = await get(
      "/auth/callback?code=c%2B1&state=s1&scope=openid&iss=https%3A%2F%2Fa&x=1",
    );
    expect(got).toMatchObject({
      status: 302,
      body: "",
      headers: {
        location:
          "http://127.0.0.1:3000/api/auth/callback/openai-codex?code=c%2B1&state=s1&iss=https%3A%2F%2Fa",
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        connection: "close",
      },
    });
    expect([relay.listening, relay.lastEnd, fire]).toEqual([false, "used", null]);
    await released();
  });

  test("with an error of the service is sent on as well", async () => {
    await relay.expect(attempt("s1"));
    const got = await get("/auth/callback?error=access_denied&error_description=no%0Away&state=s1");
    expect(got.headers["location"]).toMatch(
      /\?state=s1&error=access_denied&error_description=no%0Away$/u,
    );
  });

  test.each(["", "?state=s2&code=c", "?state=s1&state=s1&code=c", "?code=c", "?state=S1"])(
    "of another sign-in (%s) leads to the app's problem page, and it listens on",
    async (query) => {
      await relay.expect(attempt("s1"));
      const got = await get(`/auth/callback${query}`);
      expect([got.status, got.headers["location"]]).toEqual([
        302,
        "http://127.0.0.1:3000/sign-in?problem=state-mismatch",
      ]);
      expect((await get("/auth/callback?state=s1&code=c")).headers["location"]).toContain("code=c");
    },
  );

  test("comes over ::1 too, where the machine has it", async () => {
    const opened = await relay.expect(attempt("s1"));
    expect(opened.ok).toBe(true);
    const hasIpv6 = Object.values(networkInterfaces())
      .flat()
      .some((address) => address?.address === "::1");
    if (!hasIpv6) return;
    expect((await get("/auth/callback?state=s1&code=c", { host: "::1" })).status).toBe(302);
  });
});

describe("everything else", () => {
  test.each([
    ["another path", "/", {}, 404],
    ["a longer path", "/auth/callback/x?state=s1&code=c", {}, 404],
    ["POST", "/auth/callback?state=s1&code=c", { method: "POST" }, 405],
    ["another name for this machine", "/auth/callback?state=s1&code=c", { host: "evil.test" }, 421],
    ["a name with a suffix", "/auth/callback?state=s1", { host: "localhost.evil.test" }, 421],
    ["a query without end", `/auth/callback?state=s1&code=${"c".repeat(9000)}`, {}, 414],
    ["a cancel from a web page", "/cancel", { site: "cross-site" }, 403],
    ["a cancel by POST", "/cancel", { method: "POST" }, 405],
  ] as const)("%s is refused and changes nothing", async (_name, path, how, status) => {
    await relay.expect(attempt("s1"));
    const headers: Record<string, string> = {};
    if ("host" in how) headers["host"] = `${how.host}:${port}`;
    if ("site" in how) headers["sec-fetch-site"] = how.site;
    const got = await get(path, { headers, ...("method" in how ? { method: how.method } : {}) });
    expect([got.status, got.headers["location"], got.body]).toEqual([status, undefined, ""]);
    expect(relay.listening).toBe(true);
  });

  test("only loopback is listened on", async () => {
    await relay.expect(attempt("s1"));
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address?.family === "IPv4" && !address.internal)?.address;
    if (!outside) return;
    const outcome = await new Promise((resolve) => {
      const socket = connect(port, outside, () => resolve("connected"));
      socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
      cleanups.push(() => socket.destroy());
    });
    expect(outcome).toBe("ECONNREFUSED");
  });
});

describe("its life", () => {
  test("/cancel, as Codex asks before it takes the port, lets go", async () => {
    await relay.expect(attempt("s1"));
    expect((await get("/cancel")).status).toBe(200);
    expect([relay.listening, relay.lastEnd]).toEqual([false, "cancelled"]);
    await released();
  });

  test("ends after ten minutes", async () => {
    await relay.expect(attempt("s1"));
    expect(timed).toEqual([600_000]);
    fire?.();
    expect([relay.listening, relay.lastEnd]).toEqual([false, "expired"]);
    await released();
  });

  test("a newer sign-in takes the place of the older, with its own ten minutes", async () => {
    await relay.expect(attempt("s1"));
    await relay.expect(attempt("s2"));
    expect(timed).toHaveLength(2);
    expect((await get("/auth/callback?state=s1&code=c")).headers["location"]).toContain("problem=");
    expect((await get("/auth/callback?state=s2&code=c")).headers["location"]).toContain("code=c");
  });

  test("one that begins the moment another is used is not closed with it", async () => {
    await relay.expect(attempt("s1"));
    let next: ReturnType<CallbackRelay["expect"]> | null = null;
    onStopped = () => {
      onStopped = () => {};
      next = relay.expect(attempt("s2"));
    };
    expect((await get("/auth/callback?state=s1&code=c")).headers["location"]).toContain("code=c");
    expect(await next).toMatchObject({ ok: true });
    // A round trip, so that the closing that followed the first has had its chance.
    expect((await get("/")).status).toBe(404);
    expect((await get("/auth/callback?state=s2&code=c")).headers["location"]).toContain("code=c");
  });

  test("a thousand beginnings at once are one listener", async () => {
    const all = await Promise.all(
      Array.from({ length: 1000 }, (_, at) => relay.expect(attempt(`s${at}`))),
    );
    expect(all.every((opened) => opened.ok)).toBe(true);
    expect((await get("/auth/callback?state=s999&code=c")).headers["location"]).toContain("code=c");
    await released();
  });

  test("opens again after it was closed", async () => {
    await relay.expect(attempt("s1"));
    await released();
    expect(relay.lastEnd).toBe("closed");
    expect((await relay.expect(attempt("s2"))).ok).toBe(true);
    expect(relay.lastEnd).toBe(null);
  });
});

describe("a port held by another program", () => {
  test.each(["127.0.0.1", "::1"] as const)(
    "on %s is reported, and the holder stays",
    async (host) => {
      const seen: string[] = [];
      const holder = createServer((request, response) => {
        seen.push(request.url ?? "");
        response.end("holder");
      });
      const bound = await new Promise<boolean>((resolve) => {
        holder.once("error", () => resolve(false)).listen(port, host, () => resolve(true));
      });
      if (!bound) return;
      cleanups.push(() => {
        holder.closeAllConnections();
        return new Promise((done) => holder.close(done));
      });
      expect(await relay.expect(attempt("s1"))).toEqual({
        ok: false,
        error: { code: "port-taken", port, address: host, detail: expect.any(String) },
      });
      expect([relay.listening, seen]).toEqual([false, []]);
      expect((await get("/still", { host })).body).toBe("holder");
      // Nothing half open is left on the other address.
      const other = host === "::1" ? "127.0.0.1" : "::1";
      await expect(get("/", { host: other })).rejects.toMatchObject({ code: "ECONNREFUSED" });
    },
  );

  test("a port that is not ours to open", async () => {
    if (process.getuid?.() === 0) return;
    const low = createCallbackRelay({ port: 1 });
    cleanups.push(() => low.close());
    expect(await low.expect(attempt("s1"))).toMatchObject({ error: { code: "not-permitted" } });
  });
});
