/** The server process: the door in front, Next.js behind it, both loopback families, a clean end. */

import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import next from "next";
import { z } from "zod";
import { openBrowser } from "@/bin/open-browser";
import { isLocale, negotiateLocale } from "@/lib/i18n/locales";
import { onwardFrom, RETURN_PATH } from "@/lib/session/arrival";
import { readCookie } from "@/lib/session/cookies";
import { judge } from "@/lib/session/door";
import { cookieName, createInstance, type Instance } from "@/lib/session/instance";
import { type LockedWords, lockedPage, onwardPage } from "@/lib/session/locked-page";
import { securityHeaders } from "@/lib/session/response-headers";
import english from "@/messages/en.json";
import french from "@/messages/fr.json";

export interface StartOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly open: boolean;
  readonly locale: string | null;
  readonly profile: string | null;
  /** The project's folder, with `.next` in it. */
  readonly root: string;
}

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

const MESSAGES = { en: english, fr: french };
/** Headers only this server may set on its way to Next.js. */
const OURS =
  /^(?:x-middleware-.*|x-forwarded-.*|forwarded|x-setup-.*|x-nonce|content-security-policy.*)$/u;

/** Resolves once the first page can be served. Rejects with code `EADDRINUSE` where the port is taken. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const instance = createInstance({ locale: options.locale, profile: options.profile });
  const servers: Server[] = [];
  let handle: ((req: IncomingMessage, res: ServerResponse) => Promise<void>) | null = null;
  const answer = (req: IncomingMessage, res: ServerResponse) => {
    if (handle) void enter(instance, handle, req, res);
    else res.writeHead(503, { "retry-after": "1" }).end();
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
    const app = next({ dev: false, dir: options.root, hostname: "localhost", port });
    await app.prepare();
    handle = app.getRequestHandler();

    const close = async () => {
      await instance.signIn.relay.close();
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
      await app.close();
    };
    instance.shutDown = () => void close().finally(() => process.exit(0));
    const url = newLink(instance, port);
    process.stdout.write(`OpenClaw Setup is ready: ${url}\n`);
    offerNewLinks(instance, port);
    if (options.open) void openBrowser(newLink(instance, port));
    return { url, close };
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
  }
}

function newLink(instance: Instance, port: number): string {
  return `http://localhost:${port}/?token=${instance.startTokens.issue()}`;
}

/** Enter in the terminal prints another one-time address: only the person who started us types there. */
function offerNewLinks(instance: Instance, port: number): void {
  if (!process.stdin.isTTY) return;
  const words = MESSAGES[isLocale(instance.locale) ? instance.locale : "en"].terminal;
  process.stdout.write(`${words.hint}\n`);
  process.stdin.on("data", () =>
    process.stdout.write(`${words.newLink} ${newLink(instance, port)}\n`),
  );
  process.stdin.unref();
}

async function enter(
  instance: Instance,
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const nonce = randomBytes(16).toString("base64");
  const headers = securityHeaders(nonce);
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);

  const header = (name: string) => headerValues(req, name);
  const session = instance.sessions.find(readCookie(header("cookie"), cookieName(instance)));
  const verdict = judge({
    method: req.method ?? "",
    target: req.url ?? "",
    header,
    hosts: instance.hosts,
    hasSession: session !== null,
  });
  const locale = isLocale(instance.locale)
    ? instance.locale
    : negotiateLocale(header("accept-language")[0] ?? null);
  const words = MESSAGES[locale].locked;

  if (verdict.kind === "refuse") {
    res.writeHead(verdict.status, { "content-type": "text/plain", "cache-control": "no-store" });
    res.end(`${verdict.status} ${verdict.why}\n`);
    req.resume();
    return;
  }
  if (verdict.kind === "arrival") {
    const own = new URL(`http://${header("host")[0]}`);
    const to = onwardFrom(own, req.url ?? "", instance.signIn.attempt);
    return sendPage(res, 200, onwardPage(locale, nonce, words.onward, to.href));
  }
  if (verdict.kind === "locked") {
    const denied = req.url?.startsWith(`${RETURN_PATH}?`) ? words.signIn : words.locked;
    return sendPage(res, 403, lockedPage(locale, nonce, denied));
  }
  if (verdict.kind === "token") {
    const redemption = instance.startTokens.redeem(verdict.token);
    if (redemption === "accepted") {
      const made = instance.sessions.create();
      const cookie = `${cookieName(instance)}=${made.id}; Path=/; HttpOnly; SameSite=Strict`;
      res.setHeader("set-cookie", cookie);
    } else if (!session) {
      const denied: LockedWords = redemption === "used" ? words.used : words.unknown;
      return sendPage(res, 403, lockedPage(locale, nonce, denied));
    }
    const [site] = header("sec-fetch-site");
    if (site === undefined || site === "none" || site === "same-origin") {
      res.writeHead(303, { location: "/", "cache-control": "no-store" }).end();
      return;
    }
    return sendPage(res, 200, onwardPage(locale, nonce, words.onward, "/"));
  }

  for (const name of Object.keys(req.headers)) if (OURS.test(name)) delete req.headers[name];
  // Next.js takes the nonce for its own scripts from this request header.
  req.headers["content-security-policy"] = headers["content-security-policy"];
  if (instance.locale) req.headers["x-setup-locale"] = instance.locale;
  await handle(req, res);
}

function sendPage(res: ServerResponse, status: number, html: string): void {
  res.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
  });
  res.end(html);
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
    const server = createServer({ maxHeaderSize: 32 * 1024, requestTimeout: 30_000 }, answer);
    server.once("error", reject);
    server.listen({ host, port, exclusive: true, ipv6Only: host === "::1" }, () => {
      server.off("error", reject);
      resolve(server);
    });
  });
}

function portOf(server: Server | undefined): number {
  return z.custom<AddressInfo>().parse(server?.address()).port;
}

function codeOf(error: unknown): string | null {
  return z.object({ code: z.string() }).safeParse(error).data?.code ?? null;
}
