/**
 * Decides about a request before anything of it is rendered: is it for this server, from this
 * server's own page, from the person who started it. Pure; the server and every action ask it.
 */

import { isArrival } from "@/lib/door/callback";

export interface RequestFacts {
  readonly method: string;
  /** The request target as sent. */
  readonly target: string;
  /** All values of a header, in lower case name; more than one where it was sent twice. */
  readonly header: (name: string) => readonly string[];
  readonly hosts: readonly string[];
  readonly hasSession: boolean;
}

export type Verdict =
  | { readonly kind: "enter" }
  | { readonly kind: "token"; readonly token: string }
  /** The browser comes back from the sign-in service, which no SameSite=Strict cookie survives. */
  | { readonly kind: "arrival" }
  | { readonly kind: "locked" }
  | {
      readonly kind: "refuse";
      readonly status: 400 | 403 | 405 | 411 | 413 | 421;
      readonly why: string;
    };

/** Larger than any form of the visit, smaller than what would be felt. */
export const LARGEST_BODY = 256 * 1024;
export const TOKEN_PARAMETER = "token";
/** Ends the program: a form of every page, answered by the server in front of them. */
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

/** DNS rebinding: a foreign name that resolves to this machine still shows itself in Host. */
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

/** The pages, and the way back from the sign-in service. Not what would be kept as a file, or fetched. */
const LED_TO =
  /^\/(?:key|model|backup|review|export|done|open|sign-in(?:\/(?:device|paste|return))?)?$/u;

/** Whether another page may lead a person there; it shares our cookie where it is on another port. */
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
  // Another page may lead a person to a page of ours, and may not load anything.
  const navigation =
    others.length === 0 &&
    only(header("sec-fetch-mode")) === "navigate" &&
    only(header("sec-fetch-dest")) === "document" &&
    mayBeLedTo(target);
  return own || navigation ? null : { kind: "refuse", status: 403, why: "site" };
}

/** A header said twice says nothing. */
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
