/** Runs the server: the door before Next.js, on both loopback families. */

import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { createInstance, type Instance } from "@/lib/door/instance";
import { RateLimit } from "@/lib/door/rate-limit";
import { DOOR_WORDS } from "@/lib/i18n/door-words";
import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";
import { recoverAtStart } from "@/lib/setup/write/recovery";
import { codeOf } from "@/lib/system/error-code";
import { peerUser } from "@/lib/system/peer-user";
import { visible } from "@/lib/text/visible";
import { admit, admitSocket, type Entrance } from "@/server/admit";
import { startPages } from "@/server/pages";
import { refuse, refuseBytes } from "@/server/refuse";
import { remoteHint } from "@/server/remote-hint";
import { securityHeaders } from "@/server/response-headers";

export interface StartOptions {
  readonly port: number;
  /** Opens an address in the user's browser; null if unwanted. */
  readonly open: ((url: string) => Promise<void>) | null;
  readonly locale: string | null;
  readonly profile: string | null;
  readonly root: string;
  readonly command?: string;
  /** Compiles pages on demand and reloads them; the door stays the same. */
  readonly dev?: boolean;
}

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** In milliseconds and bytes, against slow or endless requests. */
const LIMITS = {
  maxHeaderSize: 32 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
  // The door checks Host itself and answers with all headers.
  requireHostHeader: false,
};

export { portHolder } from "@/lib/system/port-holder";

/** Resolves once pages can be served. Rejects with code `EADDRINUSE` if the port is taken. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { locale, profile, root, dev = false } = options;
  const instance = createInstance({ locale, profile });
  const entrance: { open: Entrance | null } = { open: null };
  const answer = answerer(entrance, dev);
  const servers: Server[] = [];
  try {
    servers.push(await listen("127.0.0.1", options.port, answer));
    const port = portOf(servers[0]);
    const six = await listen("::1", port, answer).catch((error: unknown) => {
      // Without IPv6 nobody can listen there; a taken port would catch our visitors.
      if (codeOf(error) === "EADDRNOTAVAIL" || codeOf(error) === "EAFNOSUPPORT") return null;
      throw error;
    });
    if (six) servers.push(six);
    instance.hosts = ["localhost", "127.0.0.1", "[::1]"].flatMap((host) =>
      port === 80 ? [host, `${host}:80`] : [`${host}:${port}`],
    );
    const pages = await startPages({ root, port, dev });
    const close = async () => {
      instance.ending = true;
      await instance.sessions.endAll();
      await instance.signIn.relay.close();
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
      await pages.close();
    };
    const shutDown = () => {
      process.stdout.write(`${wordsOf(instance).ended}\n`);
      void close().finally(() => process.exit(0));
    };
    const strangers = new RateLimit({ burst: 30, perSecond: 1 });
    const open: Entrance = { instance, strangers, pages, shutDown, userOf: userOfConnections() };
    entrance.open = open;
    // Without a listener, an upgrade is an ordinary request; only hot reload needs one.
    if (dev) acceptSockets(servers, open);

    await reportRecovery(instance);
    const { command = "openclaw-setup" } = options;
    const place = { env: process.env, profile, locale, port, command, platform: process.platform };
    for (const line of await remoteHint(place)) process.stdout.write(`${line}\n`);
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

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

function answerer(entrance: { readonly open: Entrance | null }, dev: boolean): Answer {
  return (req, res) => {
    const nonce = randomBytes(16).toString("base64");
    for (const [name, value] of Object.entries(securityHeaders(nonce, dev))) {
      res.setHeader(name, value);
    }
    if (!entrance.open) return refuse(res, 503, "starting", 1);
    admit(entrance.open, req, res, nonce).catch(() => {
      if (res.headersSent) res.destroy();
      else refuse(res, 500, "failed");
    });
  };
}

function acceptSockets(servers: readonly Server[], open: Entrance): void {
  for (const server of servers) {
    server.on("upgrade", (req, socket, head) => {
      admitSocket(open, req, socket, head).catch(() => socket.destroy());
    });
  }
}

/** Asks the kernel once per connection. */
function userOfConnections(): Entrance["userOf"] {
  const known = new WeakMap<Socket, Promise<number | null>>();
  return ({ socket }) => {
    const user = known.get(socket) ?? peerUser(socket);
    known.set(socket, user);
    return user;
  };
}

function wordsOf({ locale }: Instance) {
  return DOOR_WORDS[isLocale(locale) ? locale : DEFAULT_LOCALE].terminal;
}

function newLink(instance: Instance, port: number): string {
  return `http://localhost:${port}/?token=${instance.startTokens.issue()}`;
}

/** Refusals that persist until the user acts. */
const UNMENDED: ReadonlySet<string> = new Set([
  "recovery-needed",
  "symlink-outside",
  "other-owner",
  "not-a-regular-file",
  "backup-damaged",
]);

/** Finishes or rolls back an interrupted write, and reports it. */
async function reportRecovery(instance: Instance): Promise<void> {
  const words = wordsOf(instance);
  const mended = await recoverAtStart(process.env, instance.profile).catch(() => null);
  if (mended === null) return;
  const lines = mended.ok
    ? [
        ...(mended.value.finished.length > 0 ? [words.recoveredFinished] : []),
        ...(mended.value.rolledBack.length > 0 ? [words.recoveredTakenBack] : []),
        ...mended.value.files.map((path) => `${words.recoveredFile} ${visible(path)}`),
        ...mended.value.foreign.map((path) => `${words.recoveredForeign} ${visible(path)}`),
        ...mended.value.leftAlone.map((path) => `${words.recoveredLeftAlone} ${visible(path)}`),
      ]
    : // The page reports an unreadable state directory.
      UNMENDED.has(mended.error.code)
      ? [`${words.recoveryFailed} ${visible(mended.error.path)}`]
      : [];
  for (const line of lines) process.stdout.write(`${line}\n`);
}

/** Enter prints another one-time address, since only the user types in this terminal. */
function offerNewLinks(instance: Instance, port: number): void {
  if (!process.stdin.isTTY) return;
  const words = wordsOf(instance);
  process.stdout.write(`${words.hint}\n`);
  process.stdin.on("data", () =>
    process.stdout.write(`${words.newLink} ${newLink(instance, port)}\n`),
  );
  process.stdin.unref();
}

function listen(host: string, port: number, answer: Answer): Promise<Server> {
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
  return typeof address === "object" && address !== null ? address.port : 0;
}
