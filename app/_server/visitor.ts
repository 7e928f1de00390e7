/** Describes the current request's browser for the sign-in. */

import { cookies, headers } from "next/headers";
import type { SignInVisitor } from "@/lib/sign-in/browser";
import type { AuthCookie } from "@/lib/sign-in/next-auth-call";

/** The door has checked the host. */
export async function currentVisitor(): Promise<SignInVisitor> {
  const [jar, host] = [await cookies(), (await headers()).get("host")];
  return {
    cookies: Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])),
    origin: new URL(`http://${host}`),
  };
}

export async function setCookies(lines: readonly AuthCookie[]): Promise<void> {
  const jar = await cookies();
  for (const { name, value, expires } of lines) {
    const until = expires ? { expires } : {};
    jar.set(name, value, { httpOnly: true, sameSite: "lax", path: "/", ...until });
  }
}
