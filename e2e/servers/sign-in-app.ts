/** The sign-in alone on a plain HTTP server: what the pages do around it, without Next.js. */

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { SignInProblem } from "@/lib/openai/chatgpt/problems";
import {
  type BrowserSignInSettings,
  beginSignIn,
  finishSignIn,
  type SignInStep,
} from "@/lib/sign-in/browser";
import { setCookieLine } from "@/lib/sign-in/next-auth-call";
import { readSession } from "@/lib/sign-in/next-auth-options";
import { CALLBACK_ROUTE } from "@/lib/sign-in/route";

export interface SignInApp {
  readonly port: number;
  /** As the browser was told to call it: `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** Every answer the browser got, to look for tokens in. */
  readonly sent: readonly string[];
  close(): Promise<void>;
}

export interface SignInAppSettings extends BrowserSignInSettings {
  readonly onProblem?: (problem: SignInProblem) => void;
}

/**
 * `POST /start` is the button, `/whoami` tells what the cookies stand for. Moves the browser by
 * redirects, which a page with SameSite=Strict cookies of its own could not.
 */
export async function startSignInApp(settings: SignInAppSettings): Promise<SignInApp> {
  const sent: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const origin = new URL(`http://${incoming.headers.host ?? ""}`);
    const url = new URL(incoming.url ?? "/", origin);
    const cookies = cookiesOf(incoming);
    const visitor = { cookies, origin };
    const write = (status: number, headers: Record<string, string | string[]>, body: string) => {
      sent.push(JSON.stringify([status, headers, body]));
      outgoing.writeHead(status, headers).end(body);
    };
    const move = (step: SignInStep) => {
      if (step.problem) settings.onProblem?.(step.problem);
      const headers = { location: step.target.href, "set-cookie": step.cookies.map(setCookieLine) };
      write(302, headers, "");
    };
    const asked = `${incoming.method} ${url.pathname}`;
    if (asked === "POST /start") {
      move(await beginSignIn(visitor, url.searchParams.get("to") ?? "/model", settings));
    } else if (asked === `GET ${CALLBACK_ROUTE}` || asked === "GET /auth/callback") {
      move(await finishSignIn(visitor, url.searchParams, settings));
    } else if (asked === "GET /whoami") {
      const session = await readSession((name) => cookies[name], settings);
      const held = session?.login?.email ?? null;
      write(200, {}, JSON.stringify({ signedIn: session !== null, held }));
    } else {
      write(200, {}, `page ${url.pathname}`);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    sent,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function cookiesOf(incoming: IncomingMessage): Record<string, string> {
  const pairs = (incoming.headers.cookie ?? "").split(/;\s*/u).filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
    }),
  );
}
