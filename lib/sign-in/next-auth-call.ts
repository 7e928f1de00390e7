/** Calls next-auth as a function. Its own route would expose more addresses than the sign-in needs. */

import type { NextApiRequest, NextApiResponse } from "next";
import type { NextAuthOptions } from "next-auth";

export interface NextAuthCall {
  readonly method: "GET" | "POST";
  /** As in next-auth's address: `["callback", "<provider>"]`. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
  readonly origin: URL;
}

export interface NextAuthAnswer {
  readonly location: string | null;
  readonly cookies: readonly AuthCookie[];
  readonly body: unknown;
}

/** HttpOnly, SameSite=Lax and Path=/, because the sign-in returns from another site. */
export interface AuthCookie {
  readonly name: string;
  readonly value: string;
  /** Null ends with the browser; a past date deletes the cookie. */
  readonly expires: Date | null;
}

export function setCookieLine({ name, value, expires }: AuthCookie): string {
  const until = expires ? `; Expires=${expires.toUTCString()}` : "";
  return `${name}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax${until}`;
}

/** Uses next-auth 4.24 in the style of Next.js's older API routes. */
export async function callNextAuth(
  call: NextAuthCall,
  options: NextAuthOptions,
): Promise<NextAuthAnswer> {
  // Another project's NEXTAUTH_URL must not choose where the browser returns.
  delete process.env["NEXTAUTH_URL"];
  process.env["AUTH_TRUST_HOST"] = "1";
  const request = {
    method: call.method,
    query: { ...call.query, nextauth: [...call.path] },
    body: call.body ?? {},
    cookies: { ...call.cookies },
    headers: {
      host: call.origin.host,
      "x-forwarded-host": call.origin.host,
      "x-forwarded-proto": call.origin.protocol.replace(":", ""),
    },
  };
  // Loaded on demand, since API key users never need it.
  const { default: NextAuth } = await import("next-auth");
  const answer = new AnswerRecorder();
  await NextAuth(
    request as unknown as NextApiRequest,
    answer as unknown as NextApiResponse,
    options,
  );
  const { location, body, lines } = answer;
  return { location, body, cookies: lines.map(parseSetCookie) };
}

/** Implements the few response methods that next-auth calls. */
class AnswerRecorder {
  location: string | null = null;
  lines: string[] = [];
  body: unknown = null;

  status(): this {
    return this;
  }
  getHeader(name: string): string[] | undefined {
    return name.toLowerCase() === "set-cookie" ? this.lines : undefined;
  }
  setHeader(name: string, value: string | string[]): this {
    const lower = name.toLowerCase();
    if (lower === "set-cookie") this.lines = [value].flat();
    if (lower === "location") this.location = String(value);
    return this;
  }
  json(value: unknown): void {
    this.body = value;
  }
  send(value: unknown): void {
    this.body = value;
  }
  end(): void {}
}

function parseSetCookie(line: string): AuthCookie {
  const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
  const at = pair.indexOf("=");
  const attribute = (name: string) =>
    attributes.find((part) => part.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const expires = attribute("expires");
  const gone = attribute("max-age") === "0";
  return {
    name: pair.slice(0, at),
    value: decodeURIComponent(pair.slice(at + 1)),
    expires: gone ? new Date(0) : expires === undefined ? null : new Date(expires),
  };
}
