/** Decides, before anything is rendered, whether a request comes from the user's browser and our pages. Pure. */

import { isArrival } from "@/lib/door/callback";

export interface RequestFacts {
  readonly method: string;
  readonly target: string;
  readonly header: (name: string) => readonly string[];
  readonly hosts: readonly string[];
  readonly hasSession: boolean;
}

export type Verdict =
  | { readonly kind: "enter" }
  | { readonly kind: "token"; readonly token: string }
  /** The browser returns from the sign-in service without our SameSite=Strict cookie. */
  | { readonly kind: "arrival" }
  | { readonly kind: "locked" }
  | {
      readonly kind: "refuse";
      readonly status: 400 | 403 | 405 | 411 | 413 | 421;
      readonly why: string;
    };

/** In bytes; larger than any form of the visit. */
export const LARGEST_BODY = 256 * 1024;
export const TOKEN_PARAMETER = "token";
/** The server answers this form of every page, and ends the program. */
export const END_PATH = "/end";

export function judge(request: RequestFacts): Verdict {
  return (
    judgeHost(request) ??
    judgeTarget(request) ??
    judgeMethod(request) ??
    judgeOrigin(request) ??
    judgeVisitor(request)
  );
}

/** In DNS rebinding, the Host header still has the foreign name. */
function judgeHost({ header, hosts }: RequestFacts): Verdict | null {
  const given = header("host");
  const [host] = given;
  if (given.length !== 1 || host === undefined || !hosts.includes(host.toLowerCase())) {
    return { kind: "refuse", status: 421, why: "host" };
  }
  const forwarded = [...header("x-forwarded-host")].flatMap((value) => value.split(","));
  if (forwarded.some((value) => !hosts.includes(value.trim().toLowerCase()))) {
    return { kind: "refuse", status: 421, why: "forwarded-host" };
  }
  if (header("forwarded").length > 0) return { kind: "refuse", status: 421, why: "forwarded" };
  return null;
}

function judgeTarget({ target }: RequestFacts): Verdict | null {
  const plain = target.startsWith("/") && !target.startsWith("//") && !target.includes("\\");
  return plain ? null : { kind: "refuse", status: 400, why: "target" };
}

function judgeMethod({ method, header }: RequestFacts): Verdict | null {
  const [length, ...more] = header("content-length");
  if (method === "GET" || method === "HEAD") {
    const empty = (length === undefined || length === "0") && !header("transfer-encoding").length;
    return empty ? null : { kind: "refuse", status: 413, why: "body" };
  }
  if (method !== "POST") return { kind: "refuse", status: 405, why: "method" };
  if (length === undefined || more.length > 0 || !/^\d+$/u.test(length)) {
    return { kind: "refuse", status: 411, why: "length" };
  }
  return Number(length) > LARGEST_BODY ? { kind: "refuse", status: 413, why: "body" } : null;
}

/** Pages and the sign-in callback, but nothing that could be downloaded or fetched. */
const LED_TO =
  /^\/(?:key|model|backup|review|export|done|open|phone|who-answers|sign-in(?:\/(?:device|paste|return))?)?$/u;

/** Another site may navigate here; a site on another port of this host shares our cookie. */
function mayBeLedTo(target: string): boolean {
  const [path = ""] = target.split("?", 1);
  return LED_TO.test(path) || isArrival(target);
}

function judgeOrigin({ method, target, header, hosts }: RequestFacts): Verdict | null {
  const [site, ...others] = header("sec-fetch-site");
  const own =
    others.length === 0 && (site === undefined || site === "same-origin" || site === "none");
  if (method === "POST") {
    const host = header("host")[0]?.toLowerCase() ?? "";
    const origins = header("origin");
    const ours = origins.length === 1 && origins[0]?.toLowerCase() === `http://${host}`;
    return own && ours && hosts.includes(host)
      ? null
      : { kind: "refuse", status: 403, why: "origin" };
  }
  // Another site may navigate to our pages but must not load them as a resource.
  const navigation =
    others.length === 0 &&
    only(header("sec-fetch-mode")) === "navigate" &&
    only(header("sec-fetch-dest")) === "document" &&
    mayBeLedTo(target);
  return own || navigation ? null : { kind: "refuse", status: 403, why: "site" };
}

function only(values: readonly string[]): string | undefined {
  return values.length === 1 ? values[0] : undefined;
}

function judgeVisitor({ method, target, hasSession }: RequestFacts): Verdict {
  if (method === "GET") {
    const token = new URL(target, "http://localhost").searchParams.get(TOKEN_PARAMETER);
    if (token !== null) return { kind: "token", token };
    if (isArrival(target)) return { kind: "arrival" };
  }
  return hasSession ? { kind: "enter" } : { kind: "locked" };
}
