/** The browser behind the current request, as the sign-in sees it. */

import { cookies, headers } from "next/headers";
import type { SignInVisitor } from "@/lib/sign-in/browser";
import type { AuthCookie } from "@/lib/sign-in/next-auth-call";

/** The host was checked at the door. */
export async function currentVisitor(): Promise<SignInVisitor> {
  const [jar, host] = [await cookies(), (await headers()).get("host")];
  return {
    cookies: Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])),
    origin: new URL(`http://${host}`),
  };
}

/** On the answer of an action. */
export async function setCookies(lines: readonly AuthCookie[]): Promise<void> {
  const jar = await cookies();
  for (const { name, value, expires } of lines) {
    const until = expires ? { expires } : {};
    jar.set(name, value, { httpOnly: true, sameSite: "lax", path: "/", ...until });
  }
}
