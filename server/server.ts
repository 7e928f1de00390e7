/** The server process: the door in front, Next.js behind it, both loopback families, a clean end. */

import { randomBytes } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { onwardFrom, RETURN_PATH } from "@/lib/door/callback";
import { readCookie } from "@/lib/door/cookies";
import { END_PATH, judge } from "@/lib/door/door";
import { cookieName, createInstance, type Instance } from "@/lib/door/instance";
import { RateLimit } from "@/lib/door/rate-limit";
import type { Session } from "@/lib/door/sessions";
import { DOOR_WORDS } from "@/lib/i18n/door-words";
import {
  DEFAULT_LOCALE,
  isLocale,
  LOCALE_COOKIE,
  type Locale,
  negotiateLocale,
} from "@/lib/i18n/locales";
import { recoverAtStart } from "@/lib/setup/write/recovery";
import { peerUser } from "@/lib/system/peer-user";
import { THEME_COOKIE, themeOf } from "@/lib/theme";
import { type LockedWords, lockedPage, onwardPage } from "@/server/locked-page";
import { createRenderer, type Renderer } from "@/server/renderer";
import { securityHeaders } from "@/server/response-headers";
import { findStaticFiles, type StaticFiles, sendStatic } from "@/server/static-files";

export interface StartOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Shows an address to the person at the machine; null: nobody wants it. */
  readonly open: ((url: string) => Promise<void>) | null;
  readonly locale: string | null;
  readonly profile: string | null;
  /** The project's folder, with `.next` in it. */
  readonly root: string;
  /** Called once everything is loaded, a moment after the first page. */
  readonly whenLoaded: () => unknown;
}

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Headers only this server may set on its way to Next.js. */
const OURS =
  /^(?:x-middleware-.*|x-forwarded-.*|forwarded|x-setup-.*|x-nonce|content-security-policy.*|x-now-route-matches|x-matched-path|x-nextjs-data|x-next-resume-state-length|next-resume)$/u;

/** For those who send slowly, or without an end. Milliseconds, bytes. */
const LIMITS = {
  maxHeaderSize: 32 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
  // The door asks for the name itself, and answers with all headers.
  requireHostHeader: false,
};

/** How long the last page may take to be read before the process ends, in milliseconds. */
const LAST_PAGE_MS = 2000;

export { portHolder } from "@/lib/system/port-holder";

/** Resolves once the first page can be served. Rejects with code `EADDRINUSE` where the port is taken. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { locale, profile } = options;
  const instance = createInstance({ locale, profile });
  const servers: Server[] = [];
  let handle: Handle | null = null;
  let shutDown = () => {};
  const peers = new WeakMap<Socket, Promise<number | null>>();
  const strangers = new RateLimit({ burst: 30, perSecond: 1 });
  const files = findStaticFiles(options.root);
  const answer = (req: IncomingMessage, res: ServerResponse) => {
    const nonce = randomBytes(16).toString("base64");
    for (const [name, value] of Object.entries(securityHeaders(nonce))) res.setHeader(name, value);
    if (!handle) return refuse(res, 503, "starting", 1);
    const peer = () => {
      const known = peers.get(req.socket) ?? peerUser(req.socket);
      peers.set(req.socket, known);
      return known;
    };
    enter({ instance, strangers, handle, files, nonce, peer, shutDown }, req, res).catch(() => {
      if (res.headersSent) res.destroy();
      else refuse(res, 500, "failed");
    });
  };
  try {
    servers.push(await listen("127.0.0.1", options.port, answer));
    const port = portOf(servers[0]);
    const six = await listen("::1", port, answer).catch((error: unknown) => {
      // A machine without IPv6 has nobody there either; a port held by another program would catch our visitors.
      if (codeOf(error) === "EADDRNOTAVAIL" || codeOf(error) === "EAFNOSUPPORT") return null;
      throw error;
    });
    if (six) servers.push(six);
    instance.hosts = ["localhost", "127.0.0.1", "[::1]"].flatMap((host) =>
      port === 80 ? [host, `${host}:80`] : [`${host}:${port}`],
    );
    const renderer = createRenderer(options.root, port);
    handle = loadingTheRestLater(renderer, options.whenLoaded);

    const close = async () => {
      instance.ending = true;
      await instance.sessions.endAll();
      await instance.signIn.relay.close();
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
      await renderer.close();
    };
    shutDown = () => {
      process.stdout.write(`${wordsOf(instance).ended}\n`);
      void close().finally(() => process.exit(0));
    };
    await sayWhatWasMended(instance);
    const url = newLink(instance, port);
    process.stdout.write(`OpenClaw Setup is ready: ${url}\n`);
    offerNewLinks(instance, port);
    void options.open?.(newLink(instance, port));
    return { url, close };
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
  }
}

function wordsOf({ locale }: Instance) {
  return DOOR_WORDS[isLocale(locale) ? locale : DEFAULT_LOCALE].terminal;
}

/** Milliseconds after the first page, when the browser has it and its scripts. */
const REST_AFTER = 300;

/**
 * The first page comes before all others are loaded; they follow while a person reads it, so that the
 * next step is as quick.
 */
function loadingTheRestLater(renderer: Renderer, whenLoaded: () => unknown): Handle {
  let first = true;
  return async (req, res) => {
    await renderer.render(req, res);
    if (!first) return;
    first = false;
    const rest = () => renderer.loadTheRest().catch(() => {});
    setTimeout(() => void rest().then(whenLoaded), REST_AFTER).unref();
  };
}

function newLink(instance: Instance, port: number): string {
  return `http://localhost:${port}/?token=${instance.startTokens.issue()}`;
}

/** Silent, like everything that has nothing to do. */
async function sayWhatWasMended(instance: Instance): Promise<void> {
  const words = wordsOf(instance);
  const mended = await recoverAtStart(process.env, instance.profile).catch(() => null);
  if (mended === null) return;
  const lines = mended.ok
    ? [
        ...(mended.value.finished.length > 0 ? [words.recoveredFinished] : []),
        ...(mended.value.rolledBack.length > 0 ? [words.recoveredTakenBack] : []),
        ...mended.value.leftAlone.map((path) => `${words.recoveredLeftAlone} ${path}`),
      ]
    : // A state directory that cannot be read yet is for the page to tell.
      mended.error.code === "recovery-needed"
      ? [`${words.recoveryFailed} ${mended.error.path}`]
      : [];
  for (const line of lines) process.stdout.write(`${line}\n`);
}

/** Enter in the terminal prints another one-time address: only the person who started us types there. */
function offerNewLinks(instance: Instance, port: number): void {
  if (!process.stdin.isTTY) return;
  const words = wordsOf(instance);
  process.stdout.write(`${words.hint}\n`);
  process.stdin.on("data", () =>
    process.stdout.write(`${words.newLink} ${newLink(instance, port)}\n`),
  );
  process.stdin.unref();
}

type Handle = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

interface Door {
  readonly files: StaticFiles;
  readonly instance: Instance;
  /** Of those who come with a wrong link: a right one is always let in. */
  readonly strangers: RateLimit;
  readonly handle: Handle;
  readonly nonce: string;
  /** Whose the connection is; null where the system does not tell. */
  readonly peer: () => Promise<number | null>;
  readonly shutDown: () => void;
}

async function enter(
  { instance, strangers, handle, files, nonce, peer, shutDown }: Door,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const header = (name: string) => headerValues(req, name);
  const session = await ownSession(instance, header("cookie"), peer);
  const verdict = judge({
    method: req.method ?? "",
    target: req.url ?? "",
    header,
    hosts: instance.hosts,
    hasSession: session !== null,
  });
  const locale = localeOf(instance, header);
  const words = DOOR_WORDS[locale].locked;

  if (verdict.kind === "refuse") return refuse(res, verdict.status, verdict.why);
  if (verdict.kind === "arrival") {
    const own = new URL(`http://${header("host")[0]}`);
    const to = onwardFrom(own, req.url ?? "", instance.signIn.attempt);
    return sendPage(res, 200, onwardPage(locale, nonce, words.onward, to.href));
  }
  if (verdict.kind === "locked") {
    const isReturn = req.url?.startsWith(`${RETURN_PATH}?`);
    return sendPage(res, 403, lockedPage(locale, nonce, isReturn ? words.signIn : words.locked));
  }
  if (verdict.kind === "token") {
    const redemption = instance.startTokens.redeem(verdict.token);
    if (redemption === "accepted") {
      const made = instance.sessions.create(await peer());
      const cookie = `${cookieName(instance)}=${made.id}; Path=/; HttpOnly; SameSite=Strict`;
      res.setHeader("set-cookie", cookie);
    } else if (!session) {
      const wait = strangers.take();
      if (wait > 0) return refuse(res, 429, "links", wait);
      const denied: LockedWords = redemption === "used" ? words.used : words.unknown;
      return sendPage(res, 403, lockedPage(locale, nonce, denied));
    }
    const [site] = header("sec-fetch-site");
    if (site === undefined || site === "none" || site === "same-origin") {
      res.writeHead(303, { location: "/" }).end();
      return;
    }
    return sendPage(res, 200, onwardPage(locale, nonce, words.onward, "/"));
  }

  const wait = req.method === "POST" ? (session?.changes.take() ?? 0) : 0;
  if (wait > 0) return refuse(res, 429, "changes", wait);
  if (req.method === "POST" && instance.ending) return refuse(res, 503, "ending");
  if (req.method === "POST" && req.url === END_PATH) {
    instance.ending = true;
    const { title, next, ...became } = DOOR_WORDS[locale].ended;
    const theme = themeOf(readCookie(header("cookie"), THEME_COOKIE));
    const what = became[await instance.sessions.endAll()];
    res.setHeader("set-cookie", `${cookieName(instance)}=; Path=/; HttpOnly; Max-Age=0`);
    res.setHeader("connection", "close");
    sendPage(res, 200, lockedPage(locale, nonce, { title, what, next }, theme));
    // Once it has been read, or will not be.
    const patience = setTimeout(() => req.socket.destroy(), LAST_PAGE_MS);
    req.socket.once("close", () => {
      clearTimeout(patience);
      shutDown();
    });
    return;
  }

  for (const name of Object.keys(req.headers)) if (OURS.test(name)) delete req.headers[name];
  // Next.js takes the nonce for its own scripts from this request header.
  req.headers["content-security-policy"] = String(res.getHeader("content-security-policy"));
  if (sendStatic(files, req, res)) return;
  if (instance.locale) req.headers["x-setup-locale"] = instance.locale;
  await handle(req, res);
}

/** The visit of this cookie, unless it has come into the hands of another user of this machine. */
async function ownSession(
  instance: Instance,
  cookies: readonly string[],
  peer: () => Promise<number | null>,
): Promise<Session | null> {
  const session = instance.sessions.find(readCookie(cookies, cookieName(instance)));
  const own = session !== null && (session.user === null || session.user === (await peer()));
  return own ? session : null;
}

function localeOf({ locale }: Instance, header: (name: string) => string[]): Locale {
  const chosen = readCookie(header("cookie"), LOCALE_COOKIE);
  if (isLocale(chosen)) return chosen;
  return isLocale(locale) ? locale : negotiateLocale(header("accept-language")[0] ?? null);
}

function sendPage(res: ServerResponse, status: number, html: string): void {
  // Their addresses hold a token or a code, which even our own next page need not see.
  res.setHeader("referrer-policy", "no-referrer");
  res.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(html);
}

/** In a word, and without waiting for what else was to be sent. */
function refuse(res: ServerResponse, status: number, why: string, waitSeconds = 0): void {
  if (waitSeconds > 0) res.setHeader("retry-after", waitSeconds);
  res.writeHead(status, { "content-type": "text/plain", connection: "close" });
  res.end(`${status} ${why}\n`);
}

/** What is no request at all gets the same headers as every answer. */
function refuseBytes(error: Error, socket: Duplex): void {
  const code = codeOf(error);
  const status =
    code === "HPE_HEADER_OVERFLOW" ? 431 : code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
  // In the middle of an answer there is nothing left to say.
  if (!socket.writable || (socket instanceof Socket && socket.bytesWritten > 0)) {
    socket.destroy();
    return;
  }
  const headers = { ...securityHeaders(randomBytes(16).toString("base64")), connection: "close" };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(
    [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "content-length: 0", "", ""].join(
      "\r\n",
    ),
  );
}

/** Every value as sent: `req.headers` hides a second Host. */
function headerValues(req: IncomingMessage, name: string): string[] {
  const values: string[] = [];
  for (let i = 0; i < req.rawHeaders.length; i += 2) {
    if (req.rawHeaders[i]?.toLowerCase() === name) values.push(req.rawHeaders[i + 1] ?? "");
  }
  return values;
}

function listen(
  host: string,
  port: number,
  answer: (req: IncomingMessage, res: ServerResponse) => void,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(LIMITS, answer);
    server.maxConnections = 256;
    server.on("clientError", refuseBytes);
    server.on("checkExpectation", (_req: IncomingMessage, res: ServerResponse) => {
      const headers = securityHeaders(randomBytes(16).toString("base64"));
      for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
      refuse(res, 417, "expectation");
    });
    server.once("error", reject);
    server.listen({ host, port, exclusive: true, ipv6Only: host === "::1" }, () => {
      server.off("error", reject);
      resolve(server);
    });
  });
}

function portOf(server: Server | undefined): number {
  const address = server?.address();
  // Text is the name of a pipe, which nothing here listens on.
  return typeof address === "object" && address !== null ? address.port : 0;
}

function codeOf(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : null;
}
