/** Receives the browser at http://localhost:1455/auth/callback and forwards it to the app on another port. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { CALLBACK_PATH, CALLBACK_PORT } from "@/lib/openai/chatgpt/issuer";
import { err, ok, type Result } from "@/lib/result";

/** As long as next-auth keeps a sign-in's state. */
export const RELAY_LIFETIME_MS = 10 * 60_000;

export interface RelayAttempt {
  readonly state: string;
  /** At the origin where the user started, because the cookies are bound to it. */
  readonly callbackUrl: URL;
  readonly problemUrl: URL;
}

export interface RelayRefusal {
  readonly code: "port-taken" | "not-permitted" | "unavailable";
  readonly port: number;
  /** A stranger on ::1 would receive the browser too. */
  readonly address: "127.0.0.1" | "::1";
  readonly detail: string;
}

export type RelayEnd = "used" | "cancelled" | "expired" | "closed";

export interface CallbackRelay {
  expect(attempt: RelayAttempt): Promise<Result<void, RelayRefusal>>;
  close(): Promise<void>;
  readonly listening: boolean;
  /** How the last listening ended; null before that and while listening. */
  readonly lastEnd: RelayEnd | null;
}

export interface RelayOptions {
  readonly port?: number;
  readonly lifetimeMs?: number;
  /** Runs `then` after `ms`, unless the returned function is called first. */
  readonly timer?: (then: () => void, ms: number) => () => void;
}

const FORWARDED = ["code", "state", "error", "error_description", "iss"] as const;
const MAX_QUERY = 8192;

/** Opens nothing before `expect`. Keep one per process, since there is one port. */
export function createCallbackRelay(options: RelayOptions = {}): CallbackRelay {
  const port = options.port ?? CALLBACK_PORT;
  const timer = options.timer ?? unreferencedTimer;
  let attempt: RelayAttempt | null = null;
  let servers: Server[] = [];
  let stopTimer = () => {};
  let lastEnd: RelayEnd | null = null;
  // Serializes opening and closing, so that parallel requests share one listener.
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const turn = queue.then(task, task);
    queue = turn.catch(() => undefined);
    return turn;
  };

  const finish = (how: RelayEnd): void => {
    attempt = null;
    lastEnd = how;
    stopTimer();
  };
  const closeIfIdle = (): Promise<void> =>
    inTurn(async () => {
      // A newer sign-in may have started while this one waited.
      if (!attempt) await Promise.all(servers.splice(0).map(stop));
    });

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const reply = answer(request, port, attempt);
    // Ends first, so that a racing second request is not served.
    if (reply.end && attempt) finish(reply.end);
    if (reply.end) response.once("close", () => void closeIfIdle());
    response.writeHead(reply.status, { ...SAFE_HEADERS, ...reply.headers }).end();
  };

  return {
    get listening() {
      return attempt !== null;
    },
    get lastEnd() {
      return lastEnd;
    },
    expect: (next) =>
      inTurn(async () => {
        if (servers.length === 0) {
          const opened = await listen(port, serve);
          if (!opened.ok) return opened;
          servers = opened.value;
        }
        attempt = next;
        lastEnd = null;
        stopTimer();
        stopTimer = timer(() => {
          finish("expired");
          void closeIfIdle();
        }, options.lifetimeMs ?? RELAY_LIFETIME_MS);
        return ok(undefined);
      }),
    close: () => {
      if (attempt) finish("closed");
      return closeIfIdle();
    },
  };
}

const SAFE_HEADERS = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  connection: "close",
} as const;

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly end: RelayEnd | null;
}

function answer(request: IncomingMessage, port: number, attempt: RelayAttempt | null): Reply {
  const only = (status: number): Reply => ({ status, headers: {}, end: null });
  // Rejects other host names that resolve to this machine.
  const hosts = [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`];
  if (!hosts.includes((request.headers.host ?? "").toLowerCase())) return only(421);
  const target = request.url ?? "/";
  const [path, query = ""] = target.split("?", 2);
  if (path !== CALLBACK_PATH && path !== "/cancel") return only(404);
  if (request.method !== "GET") return { ...only(405), headers: { allow: "GET" } };
  if (path === "/cancel") {
    // Codex asks like this to take over the port; web pages must not.
    const site = request.headers["sec-fetch-site"];
    const fromPage = site !== undefined && site !== "none" && site !== "same-origin";
    return fromPage ? only(403) : { ...only(200), end: "cancelled" };
  }
  if (!attempt) return only(410);
  if (query.length > MAX_QUERY) return only(414);
  const parameters = new URLSearchParams(query);
  const states = parameters.getAll("state");
  if (states.length !== 1 || states[0] !== attempt.state) {
    return { ...only(302), headers: { location: attempt.problemUrl.href } };
  }
  const location = new URL(attempt.callbackUrl);
  for (const name of FORWARDED) {
    // Keeps repeated parameters for the callback to refuse.
    for (const value of parameters.getAll(name)) location.searchParams.append(name, value);
  }
  return { status: 302, headers: { location: location.href }, end: "used" };
}

/** Browsers try both addresses for `localhost`. A missing ::1 is fine, but a taken one would receive the browser. */
async function listen(
  port: number,
  serve: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Result<Server[], RelayRefusal>> {
  const servers: Server[] = [];
  for (const address of ["127.0.0.1", "::1"] as const) {
    const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 10_000 }, serve);
    server.maxConnections = 32;
    const failure = await bind(server, port, address);
    if (!failure) {
      servers.push(server);
      continue;
    }
    const code = failure.code ?? "";
    if (address === "::1" && /^(?:EADDRNOTAVAIL|EAFNOSUPPORT|EINVAL)$/u.test(code)) continue;
    await Promise.all(servers.map(stop));
    const reason = { EADDRINUSE: "port-taken", EACCES: "not-permitted" } as const;
    return err({
      code: reason[code as keyof typeof reason] ?? "unavailable",
      port,
      address,
      detail: failure.message,
    });
  }
  return ok(servers);
}

function bind(
  server: Server,
  port: number,
  host: string,
): Promise<(Error & { code?: string }) | null> {
  return new Promise((resolve) => {
    server.once("error", resolve);
    // Under a cluster, the port would otherwise be shared.
    server.listen({ port, host, exclusive: true, ipv6Only: host === "::1" }, () => {
      server.off("error", resolve).on("error", () => undefined);
      resolve(null);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}

function unreferencedTimer(then: () => void, ms: number): () => void {
  const handle = setTimeout(then, ms);
  handle.unref();
  return () => clearTimeout(handle);
}
