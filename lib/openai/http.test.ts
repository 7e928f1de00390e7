import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createHttpsServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { rootCertificates } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type ConnectProxyOptions, startConnectProxy } from "@/e2e/servers/connect-proxy";
import { type OpenAiServer, startOpenAiServer } from "@/e2e/servers/openai-server";
import { createTestAuthority, type TestAuthority } from "@/e2e/servers/test-authority";
import { send } from "@/lib/openai/http";
import { trustedCertificates } from "@/lib/openai/trust";

let authority: TestAuthority;
let openai: OpenAiServer;
const cleanups: Array<() => unknown> = [];

beforeAll(async () => {
  [authority, openai] = await Promise.all([createTestAuthority(), startOpenAiServer()]);
});
afterAll(() => Promise.all([authority.remove(), openai.close()]));
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function proxy(options: ConnectProxyOptions) {
  const started = await startConnectProxy(options);
  cleanups.push(() => started.close());
  return started;
}

/** An https server for one name; answers with the name the client asked for in the handshake. */
async function secureServer(name: string, days?: number): Promise<number> {
  const server: Server = createHttpsServer(await authority.issue(name, days), (request, response) =>
    response.end((request.socket as { servername?: string }).servername),
  );
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return (server.address() as AddressInfo).port;
}

const headers = { authorization: "Bearer sk-test-works-0123456789abcdef" };

describe("through a proxy", () => {
  test("plain http goes through HTTP_PROXY, with its credentials and not the key's", async () => {
    const via = await proxy({ routes: { "api.test:80": openai.port } });
    const env = { HTTP_PROXY: via.url.replace("//", "//me:p%40ss@") };
    const reply = await send({ url: new URL("http://api.test/v1/models"), headers }, { env });
    expect(reply).toMatchObject({ ok: true, value: { status: 200 } });
    const authorization = `Basic ${Buffer.from("me:p@ss").toString("base64")}`;
    expect(via.seen).toEqual([{ target: "api.test:80", authorization }]);
  });

  test("https goes through HTTPS_PROXY, trusted by NODE_EXTRA_CA_CERTS", async () => {
    const port = await secureServer("api.test");
    const via = await proxy({ routes: { "api.test:443": port } });
    const env = { https_proxy: via.url, NODE_EXTRA_CA_CERTS: authority.caFile };
    const reply = await send({ url: new URL("https://api.test/v1/models") }, { env });
    expect(reply).toMatchObject({ ok: true, value: { status: 200, text: "api.test" } });
    expect(via.seen).toHaveLength(1);
  });

  test("a name on NO_PROXY and loopback go direct", async () => {
    const via = await proxy({ refuseWith: 500 });
    const env = { HTTP_PROXY: via.url, HTTPS_PROXY: via.url, NO_PROXY: "*.invalid" };
    const direct = await send({ url: new URL(`${openai.url}/models`), headers }, { env });
    expect(direct).toMatchObject({ ok: true, value: { status: 200 } });
    // A label of 64 characters is refused by the resolver itself, without asking the network.
    const exempt = await send({ url: new URL(`http://${"a".repeat(64)}.invalid/`) }, { env });
    expect(exempt).toMatchObject({ ok: false, error: { code: "dns" } });
    expect(via.seen).toEqual([]);
  });

  test.each([
    [407, "authentication"],
    [403, "refused"],
    [502, "refused"],
  ])("a proxy that answers %i", async (refuseWith, reason) => {
    const via = await proxy({ refuseWith });
    for (const url of ["http://api.test/", "https://api.test/"]) {
      const reply = await send(
        { url: new URL(url) },
        { env: { HTTP_PROXY: via.url, HTTPS_PROXY: via.url } },
      );
      expect(reply).toMatchObject({
        ok: false,
        error: { code: "proxy", reason, proxy: via.host },
      });
    }
  });

  test("a proxy that is not there, and a setting that is no proxy", async () => {
    const gone = await startConnectProxy();
    await gone.close();
    const url = new URL("https://api.test/");
    const through = (HTTPS_PROXY: string) => send({ url }, { env: { HTTPS_PROXY } });
    expect(await through(gone.url)).toMatchObject({
      error: { code: "proxy", reason: "unreachable", proxy: gone.host },
    });
    for (const value of ["http://", "socks5://127.0.0.1:1080"]) {
      expect(await through(value)).toMatchObject({
        error: { code: "proxy", reason: "setting", proxy: "HTTPS_PROXY" },
      });
    }
  });
});

test("a redirect of a POST is not followed, not even within the origin", async () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.writeHead(307, { location: "/elsewhere" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/token`);
  const reply = await send({ url, method: "POST", body: "code=secret" }, { env: {} });
  expect(reply).toMatchObject({ ok: false, error: { code: "redirect", to: url.origin } });
  expect(seen).toEqual(["POST /token"]);
});

describe("certificates", () => {
  const get = (port: number, env: Record<string, string>) =>
    send({ url: new URL(`https://localhost:${port}/`) }, { env });

  test("an authority nobody vouches for is refused, until NODE_EXTRA_CA_CERTS names it", async () => {
    const port = await secureServer("localhost");
    expect(await get(port, {})).toMatchObject({
      ok: false,
      error: { code: "tls", reason: "untrusted" },
    });
    expect(await get(port, { NODE_EXTRA_CA_CERTS: authority.caFile })).toMatchObject({
      ok: true,
      value: { text: "localhost" },
    });
  });

  test("a certificate for another name, and one outside its dates", async () => {
    const env = { NODE_EXTRA_CA_CERTS: authority.caFile };
    expect(await get(await secureServer("elsewhere.test"), env)).toMatchObject({
      error: { code: "tls", reason: "wrong-name" },
    });
    expect(await get(await secureServer("localhost", -1), env)).toMatchObject({
      error: { code: "tls", reason: "clock" },
    });
  });

  test("those of the file come in addition to the usual ones", async () => {
    const trusted = await trustedCertificates({ NODE_EXTRA_CA_CERTS: authority.caFile });
    const list = trusted.ok ? (trusted.value ?? []) : [];
    expect(list).toEqual(expect.arrayContaining(rootCertificates.slice(0, 3)));
    expect(list.length).toBeGreaterThan(rootCertificates.length);
    expect(await trustedCertificates({})).toEqual({ ok: true, value: null });
  });

  test("a server that does not speak TLS", async () => {
    expect(await get(openai.port, {})).toMatchObject({
      error: { code: "tls", reason: "protocol" },
    });
  });

  test("a certificate file that cannot be used is named, not passed over", async () => {
    const directory = dirname(authority.caFile);
    const broken = join(directory, "broken.pem");
    await writeFile(broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    const empty = join(directory, "empty.pem");
    await writeFile(empty, "nothing here");
    for (const path of [join(directory, "absent.pem"), broken, empty, directory]) {
      expect(await get(openai.port, { NODE_EXTRA_CA_CERTS: path })).toMatchObject({
        ok: false,
        error: { code: "ca-file", path },
      });
    }
  });
});
