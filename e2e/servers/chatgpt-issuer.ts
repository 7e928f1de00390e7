/**
 * OpenAI's sign-in service on loopback: a certified OpenID provider dressed in its addresses,
 * client, claims and token rules, with faults that can be switched on.
 */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type Provider from "oidc-provider";
import { DeviceAuthorizations } from "@/e2e/servers/chatgpt-issuer-device";
import { codePage, consentPage, messagePage, page } from "@/e2e/servers/chatgpt-issuer-pages";
import { createProvider } from "@/e2e/servers/chatgpt-issuer-provider";
import type {
  ChatGptIssuer,
  IssuerAccount,
  IssuerFault,
  SeenIssuerRequest,
} from "@/e2e/servers/chatgpt-issuer-types";
import { readBody } from "@/e2e/servers/read-body";

export interface ChatGptIssuerOptions {
  readonly port?: number;
  /** Of the registered redirect address; 1455, or another so that tests can run side by side. */
  readonly callbackPort?: number;
}

export const DEFAULT_ACCOUNT: IssuerAccount = {
  accountId: "acct-3f6d2c1e-canary",
  userId: "user-canary-1",
  email: "person@example.com",
  name: "Test Person",
  plan: "plus",
};

const CLIENT_ID = "app_EMoamEEZ73f0CkXaXp7hrann";

export async function startChatGptIssuer(
  options: ChatGptIssuerOptions = {},
): Promise<ChatGptIssuer> {
  const seen: SeenIssuerRequest[] = [];
  const issued: Array<{ kind: string; token: string }> = [];
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer: ChatGptIssuer = {
    url,
    clientId: CLIENT_ID,
    fault: null,
    account: DEFAULT_ACCOUNT,
    gates: new Map(),
    seen,
    issued,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
  const provider = await createProvider(issuer, options.callbackPort ?? 1455);
  const device = new DeviceAuthorizations(provider, issuer);
  const handle = provider.callback();

  server.on("request", async (request, response) => {
    const target = new URL(request.url ?? "/", url);
    const { text, form } = await readBody(request);
    seen.push({
      method: request.method ?? "",
      path: target.pathname,
      query: Object.fromEntries(target.searchParams),
      form,
      authorization: request.headers.authorization ?? "",
    });
    await issuer.gates.get(target.pathname)?.pass(response);
    const asked = `${request.method} ${target.pathname}`;
    if (/^\/interaction\//u.test(target.pathname)) {
      await interact(provider, issuer, request, response);
    } else if (asked === "POST /oauth/token" && brokenAnswer(issuer.fault, request, response)) {
      return;
    } else if (target.pathname.startsWith("/api/accounts/deviceauth/")) {
      if (brokenAnswer(issuer.fault, request, response)) return;
      await device.answer(target.pathname, text, response);
    } else if (asked === "GET /codex/device") {
      page(response, codePage());
    } else if (asked === "POST /codex/device") {
      const approved = await device.approve(form["user_code"] ?? "");
      page(response, messagePage(approved ? "Device connected" : "Unknown or used code"));
    } else {
      // Codex and this app revoke and refresh with JSON bodies; the provider only reads forms.
      Object.assign(request, { body: form });
      if (text) request.headers["content-type"] = "application/x-www-form-urlencoded";
      record(response, issuer.fault, issued);
      handle(request, response);
    }
  });
  return issuer;
}

/** The one page a person sees: signs in and consents with a single button. */
async function interact(
  provider: Provider,
  issuer: ChatGptIssuer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "POST") return page(response, consentPage(issuer.account.email));
  const refusals: Partial<Record<IssuerFault, readonly [string, string]>> = {
    denied: ["access_denied", "The person did not allow it"],
    "no-entitlement": ["access_denied", "missing_codex_entitlement"],
    workspace: ["access_denied", "workspace_restriction"],
  };
  const refusal = issuer.fault ? refusals[issuer.fault] : undefined;
  const result = refusal
    ? { error: refusal[0], error_description: refusal[1] }
    : { login: { accountId: issuer.account.accountId }, consent: {} };
  await provider.interactionFinished(request, response, result);
}

/** True when the fault made the answer. */
function brokenAnswer(
  fault: IssuerFault | null,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (fault === "html") {
    response.writeHead(200, { "content-type": "text/html" }).end("<title>Proxy</title>Sign in");
  } else if (fault === "500") {
    const error = { code: "server_error", message: "The server had an error." };
    response.writeHead(500, { "content-type": "application/json" }).end(JSON.stringify({ error }));
  } else if (fault === "region") {
    const error = {
      code: "unsupported_country_region_territory",
      message: "Country, region, or territory not supported",
    };
    response.writeHead(403, { "content-type": "application/json" }).end(JSON.stringify({ error }));
  } else if (fault === "reset") {
    request.socket.resetAndDestroy();
  } else if (fault === "truncated") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
    response.write('{"access_token":"');
    setImmediate(() => response.destroy());
  } else {
    return false;
  }
  return true;
}

/** Notes the tokens of an answer on its way out, and takes one out where the fault says so. */
function record(
  response: ServerResponse,
  fault: IssuerFault | null,
  issued: Array<{ kind: string; token: string }>,
): void {
  const end = response.end.bind(response) as (chunk?: unknown) => ServerResponse;
  response.end = ((chunk?: unknown) => {
    const text = typeof chunk === "string" || chunk instanceof Buffer ? chunk.toString() : "";
    if (!text.includes('"access_token"')) return end(chunk);
    const answer = JSON.parse(text) as Record<string, unknown>;
    if (fault === "no-refresh-token") delete answer["refresh_token"];
    for (const kind of ["access_token", "refresh_token", "id_token"]) {
      const token = answer[kind];
      if (typeof token === "string") issued.push({ kind, token });
    }
    const body = JSON.stringify(answer);
    if (!response.headersSent) response.setHeader("content-length", Buffer.byteLength(body));
    return end(body);
  }) as ServerResponse["end"];
}
