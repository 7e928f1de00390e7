/** The sign-in routes alone, on a plain HTTP server: what Next.js does around them, without it. */

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { readBody } from "@/e2e/servers/read-body";
import { nextAuthOptions, readSession, type SignInSettings } from "@/lib/session/next-auth-options";
import { handleSignInRoute, type SignInRouteSettings } from "@/lib/session/sign-in-route";

export interface SignInApp {
  readonly port: number;
  /** As the browser was told to call it: `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** Every answer the browser got, to look for tokens in. */
  readonly sent: readonly string[];
  close(): Promise<void>;
}

export type SignInAppSettings = SignInSettings & Pick<SignInRouteSettings, "relay" | "onProblem">;

/** `/whoami` tells what the session cookie stands for; everything else is the sign-in. */
export async function startSignInApp(settings: SignInAppSettings): Promise<SignInApp> {
  const sent: string[] = [];
  const options = nextAuthOptions(settings);
  const server = createServer(async (incoming, outgoing) => {
    const host = incoming.headers.host ?? "";
    const url = new URL(incoming.url ?? "/", `http://${host}`);
    const { text, form } = await readBody(incoming);
    const method = incoming.method ?? "GET";
    const request = new Request(url, { method, ...(method === "POST" ? { body: text } : {}) });
    const response = await (url.pathname === "/whoami"
      ? whoami(incoming, settings)
      : url.pathname.startsWith("/api/auth/") || url.pathname === "/auth/callback"
        ? handleSignInRoute(request, () => runNextAuth(incoming, url, form, options), {
            ...settings,
            origin: url.origin,
            problemPage: settings.page,
          })
        : new Response(`page ${url.pathname}`));
    const body = await response.text();
    const cookies = response.headers.getSetCookie();
    const headers = Object.fromEntries(response.headers);
    delete headers["set-cookie"];
    sent.push(JSON.stringify([response.status, headers, cookies, body]));
    outgoing.writeHead(response.status, { ...headers, "set-cookie": cookies }).end(body);
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

async function whoami(incoming: IncomingMessage, settings: SignInSettings): Promise<Response> {
  const jar = cookiesOf(incoming);
  const session = await readSession((name) => jar[name], settings);
  return Response.json({ signedIn: session !== null, held: session?.login?.email ?? null });
}

/** next-auth's older calling form, which needs no Next.js around it. */
async function runNextAuth(
  incoming: IncomingMessage,
  url: URL,
  form: Readonly<Record<string, string>>,
  options: Parameters<typeof NextAuth>[2],
): Promise<Response> {
  const parts = url.pathname === "/auth/callback" ? ["callback", "openai-codex"] : [];
  const nextauth = parts.length > 0 ? parts : url.pathname.split("/").slice(3);
  const request = {
    method: incoming.method,
    query: { ...Object.fromEntries(url.searchParams), nextauth },
    body: form,
    cookies: cookiesOf(incoming),
    headers: {
      ...incoming.headers,
      "x-forwarded-host": incoming.headers.host,
      "x-forwarded-proto": "http",
    },
  };
  const headers = new Headers();
  let status = 200;
  let body: string | null = null;
  const response = {
    status(code: number) {
      status = code;
      return response;
    },
    getHeader: (name: string) => (name === "Set-Cookie" ? headers.getSetCookie() : undefined),
    setHeader(name: string, value: string | string[]) {
      headers.delete(name);
      for (const one of [value].flat()) headers.append(name, one);
      return response;
    },
    json(value: unknown) {
      headers.set("content-type", "application/json");
      body = JSON.stringify(value);
    },
    send(value: unknown) {
      body = typeof value === "string" ? value : JSON.stringify(value ?? null);
    },
    end() {},
  };
  await NextAuth(
    request as unknown as NextApiRequest,
    response as unknown as NextApiResponse,
    options,
  );
  return new Response(body, { status, headers });
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
