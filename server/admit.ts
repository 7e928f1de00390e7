/** Carries out the door's decision about a request. */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { onwardFrom, RETURN_PATH } from "@/lib/door/callback";
import { readCookie } from "@/lib/door/cookies";
import { END_PATH, judge, type Verdict } from "@/lib/door/door";
import { cookieName, type Instance } from "@/lib/door/instance";
import { type LockedWords, lockedPage, onwardPage } from "@/lib/door/plain-page";
import type { RateLimit } from "@/lib/door/rate-limit";
import type { Session } from "@/lib/door/sessions";
import { DOOR_WORDS } from "@/lib/i18n/door-words";
import { isLocale, LOCALE_COOKIE, type Locale, negotiateLocale } from "@/lib/i18n/locales";
import { THEME_COOKIE, themeOf } from "@/lib/theme";
import type { Pages } from "@/server/pages";
import { refuse, refuseConnection, sendPage } from "@/server/refuse";

export interface Entrance {
  readonly instance: Instance;
  /** Limits visitors with a wrong link; a right link always works. */
  readonly strangers: RateLimit;
  readonly pages: Pages;
  readonly shutDown: () => void;
  /** Null if the system cannot tell. */
  readonly userOf: (req: IncomingMessage) => Promise<number | null>;
}

/** Visitors must not send these headers to Next.js. */
const RESERVED_HEADERS =
  /^(?:x-middleware-.*|x-forwarded-.*|forwarded|x-setup-.*|x-nonce|content-security-policy.*|x-now-route-matches|x-matched-path|x-nextjs-data|x-next-resume-state-length|next-resume)$/u;

const LAST_PAGE_MS = 2000;

interface Visitor {
  readonly header: (name: string) => string[];
  /** Null too if another local user holds the cookie. */
  readonly session: Session | null;
  readonly verdict: Verdict;
  readonly locale: Locale;
  readonly nonce: string;
}

/** Answers with a Next.js page or a refusal. `res` already has its headers, which name `nonce`. */
export async function admit(
  entrance: Entrance,
  req: IncomingMessage,
  res: ServerResponse,
  nonce: string,
): Promise<void> {
  const { instance, pages } = entrance;
  const visitor = { ...(await identify(entrance, req)), nonce };
  if (visitor.verdict.kind !== "enter") return turnAway(entrance, visitor, req, res);
  if (req.method === "POST") {
    const wait = visitor.session?.changes.take() ?? 0;
    if (wait > 0) return refuse(res, 429, "changes", wait);
    if (instance.ending) return refuse(res, 503, "ending");
    if (req.url === END_PATH) return endProgram(entrance, visitor, req, res);
  }
  for (const name of Object.keys(req.headers)) {
    if (RESERVED_HEADERS.test(name)) delete req.headers[name];
  }
  // Next.js takes the nonce of its scripts from this header.
  req.headers["content-security-policy"] = String(res.getHeader("content-security-policy"));
  if (instance.locale) req.headers["x-setup-locale"] = instance.locale;
  await pages.answer(req, res);
}

/** Applies the same checks to WebSocket upgrades. */
export async function admitSocket(
  entrance: Entrance,
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const { verdict } = await identify(entrance, req);
  if (verdict.kind === "enter") entrance.pages.connect(req, socket, head);
  else refuseConnection(socket, 403);
}

async function identify(
  { instance, userOf }: Entrance,
  req: IncomingMessage,
): Promise<Omit<Visitor, "nonce">> {
  const header = (name: string) => headerValues(req, name);
  const found = instance.sessions.find(readCookie(header("cookie"), cookieName(instance)));
  const own = found !== null && (found.user === null || found.user === (await userOf(req)));
  const session = own ? found : null;
  const verdict = judge({
    method: req.method ?? "",
    target: req.url ?? "",
    header,
    hosts: instance.hosts,
    hasSession: session !== null,
  });
  return { header, session, verdict, locale: localeOf(instance, header) };
}

async function turnAway(
  entrance: Entrance,
  { header, session, verdict, locale, nonce }: Visitor,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { instance } = entrance;
  const words = DOOR_WORDS[locale].locked;
  const theme = themeOf(readCookie(header("cookie"), THEME_COOKIE));
  const locked = (own: LockedWords) => lockedPage(locale, nonce, own, theme);
  if (verdict.kind === "refuse" && verdict.why === "host" && isVisit(header)) {
    // Explains a tunnel with another port at its end. Uses nothing from the request.
    const next = words.elsewhere.next.replace("{address}", `http://${instance.hosts[0]}`);
    res.setHeader("connection", "close");
    return sendPage(res, verdict.status, locked({ ...words.elsewhere, next }));
  }
  if (verdict.kind === "refuse") return refuse(res, verdict.status, verdict.why);
  if (verdict.kind === "arrival") {
    const own = new URL(`http://${header("host")[0]}`);
    const to = onwardFrom(own, req.url ?? "", instance.signIn.attempt);
    return sendPage(res, 200, onwardPage(locale, nonce, words.onward, to.href));
  }
  if (verdict.kind !== "token") {
    const isReturn = req.url?.startsWith(`${RETURN_PATH}?`);
    return sendPage(res, 403, locked(isReturn ? words.signIn : words.locked));
  }
  const redemption = instance.startTokens.redeem(verdict.token);
  if (redemption === "accepted") {
    const made = instance.sessions.create(await entrance.userOf(req));
    const cookie = `${cookieName(instance)}=${made.id}; Path=/; HttpOnly; SameSite=Strict`;
    res.setHeader("set-cookie", cookie);
  } else if (!session) {
    const wait = entrance.strangers.take();
    if (wait > 0) return refuse(res, 429, "links", wait);
    const denied: LockedWords = redemption === "used" ? words.used : words.unknown;
    return sendPage(res, 403, locked(denied));
  }
  const [site] = header("sec-fetch-site");
  if (site === undefined || site === "none" || site === "same-origin") {
    res.writeHead(303, { location: "/" }).end();
    return;
  }
  sendPage(res, 200, onwardPage(locale, nonce, words.onward, "/"));
}

/** Whether the browser navigates to a page instead of loading a resource. */
function isVisit(header: Visitor["header"]): boolean {
  const [mode] = header("sec-fetch-mode");
  return mode === undefined ? header("accept").join().includes("text/html") : mode === "navigate";
}

async function endProgram(
  { instance, shutDown }: Entrance,
  { header, locale, nonce }: Visitor,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  instance.ending = true;
  const { title, next, ...became } = DOOR_WORDS[locale].ended;
  const theme = themeOf(readCookie(header("cookie"), THEME_COOKIE));
  const what = became[await instance.sessions.endAll()];
  res.setHeader("set-cookie", `${cookieName(instance)}=; Path=/; HttpOnly; Max-Age=0`);
  res.setHeader("connection", "close");
  sendPage(res, 200, lockedPage(locale, nonce, { title, what, next }, theme));
  const patience = setTimeout(() => req.socket.destroy(), LAST_PAGE_MS);
  req.socket.once("close", () => {
    clearTimeout(patience);
    shutDown();
  });
}

function localeOf({ locale }: Instance, header: (name: string) => string[]): Locale {
  const chosen = readCookie(header("cookie"), LOCALE_COOKIE);
  if (isLocale(chosen)) return chosen;
  return isLocale(locale) ? locale : negotiateLocale(header("accept-language")[0] ?? null);
}

/** Lists repeated headers, since `req.headers` hides a second Host. */
function headerValues(req: IncomingMessage, name: string): string[] {
  const values: string[] = [];
  for (let i = 0; i < req.rawHeaders.length; i += 2) {
    if (req.rawHeaders[i]?.toLowerCase() === name) values.push(req.rawHeaders[i + 1] ?? "");
  }
  return values;
}
