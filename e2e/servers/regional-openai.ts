/** Loopback stand-ins for api.openai.com and its regions, reached through a proxy as the real hosts would be. */

import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { createSecureContext } from "node:tls";
import { startConnectProxy } from "@/e2e/servers/connect-proxy";
import { createTestAuthority } from "@/e2e/servers/test-authority";

const HOSTS = ["api.openai.com", "eu.api.openai.com", "us.api.openai.com"] as const;

export interface RegionalOpenAi {
  /** For the program that is to find them. */
  readonly env: Readonly<Record<string, string>>;
  /** Host, path and bearer of each request, in one text. */
  readonly seen: readonly string[];
  /** What anything asked the proxy for, `name:port`. */
  readonly tunnels: () => readonly string[];
  close(): Promise<void>;
}

/**
 * A key with `eu` or `us` among its words belongs to that region: every other host refuses it in OpenAI's words. One
 * with `evil` is refused with the name of a host that only looks like a region. Any other lists models everywhere.
 */
export async function startRegionalOpenAi(): Promise<RegionalOpenAi> {
  const authority = await createTestAuthority();
  const seen: string[] = [];
  const contexts = new Map<string, ReturnType<typeof createSecureContext>>();
  for (const host of HOSTS) contexts.set(host, createSecureContext(await authority.issue(host)));
  const server = createServer(
    { SNICallback: (name, done) => done(null, contexts.get(name)) },
    (request, response) => {
      const host = request.headers.host ?? "";
      const key = (request.headers.authorization ?? "").replace(/^Bearer /u, "");
      seen.push(`${host}${request.url} ${key}`);
      const refusal = refusalOf(key.split("-"), host);
      response.writeHead(refusal ? 401 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(refusal ?? LIST));
    },
  );
  const port = await listen(server);
  const routes = Object.fromEntries(HOSTS.map((host) => [`${host}:443`, port]));
  const proxy = await startConnectProxy({ routes });
  return {
    env: { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: authority.caFile },
    seen,
    tunnels: () => proxy.seen.map(({ target }) => target),
    async close() {
      await proxy.close();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      await authority.remove();
    },
  };
}

const LIST = {
  object: "list",
  data: ["gpt-5.5", "gpt-5"].map((id) => ({ id, object: "model", owned_by: "system" })),
};

function refusalOf(words: readonly string[], host: string) {
  const region = ["eu", "us"].find((one) => words.includes(one));
  if (words.includes("evil")) return refusal("eu.api.openai.com.evil.example");
  if (region === undefined || host === `${region}.api.openai.com`) return null;
  return refusal(`${region}.api.openai.com`);
}

function refusal(host: string) {
  const message = `Attempted to access resource with incorrect regional hostname. Please make your request to ${host}`;
  const type = "invalid_request_error";
  return { error: { message, type, param: null, code: "incorrect_hostname" } };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
