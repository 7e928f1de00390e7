import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { gatewayPort, probeGateway, remoteGateway } from "@/lib/openclaw/gateway/probe";

async function viewOf(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await probeGateway((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe("probeGateway", () => {
  it("knows a gateway by its answer, by GET alone and without a credential", async () => {
    const seen: string[] = [];
    const healthy: RequestListener = (request, response) => {
      // As 2026.9.6 answers while it is still getting ready.
      if (request.url === "/readyz") response.writeHead(503);
      seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ""}`.trim());
      response.end('{"ok":true,"status":"live","uptimeMs":60000}');
    };
    const view = await viewOf(healthy);
    expect(view).toMatchObject({ isRunning: true, isReady: false, version: null });
    expect(Date.now() - (view.startedAt ?? Date.now())).toBeGreaterThanOrEqual(60_000);
    expect(seen.sort()).toEqual(["GET /", "GET /healthz", "GET /readyz"]);
  });

  it("takes its release from the page of its dashboard, and its word that it is ready", async () => {
    const build =
      '<html data-openclaw-control-ui-build-id="2026.9.6-release-eb377ac59e6c" lang="en">';
    const view = await viewOf((request, response) => {
      response.end(request.url === "/" ? build : '{"ok":true,"ready":true}');
    });
    expect(view).toMatchObject({ isReady: true, version: "2026.9.6", startedAt: null });
  });

  it.each<[string, RequestListener, boolean]>([
    ["the dashboard of an older one", (_, r) => r.end("<title>OpenClaw Control</title>"), true],
    ["another program's page", (_, r) => r.end("<title>Grafana</title>"), false],
    ["another program's health", (_, r) => r.end('{"status":"ok"}'), false],
    ["a refusal", (_, r) => r.writeHead(404).end('{"ok":true}'), false],
    [
      "a way elsewhere, which is not gone",
      (_, r) => r.writeHead(302, { location: "http://127.0.0.1:9/" }).end(),
      false,
    ],
    ["a program that says nothing", () => {}, false],
    [
      "one that never ends",
      (_, r) => {
        r.write("x".repeat(100_000));
      },
      false,
    ],
  ])("%s", async (_, listener, expected) => {
    const began = performance.now();
    expect((await viewOf(listener)).isRunning).toBe(expected);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it("is nothing where nobody listens", async () => {
    const nothing = { isRunning: false, isReady: false, startedAt: null, version: null };
    expect(await probeGateway(9)).toEqual({ port: 9, ...nothing });
  });
});

describe("gatewayPort", () => {
  it.each([
    [{}, {}, 18789],
    [{ gateway: { port: 19001 } }, {}, 19001],
    [{ gateway: { port: 19001 } }, { OPENCLAW_GATEWAY_PORT: "20000" }, 20000],
    [{ gateway: { port: "no" } }, { OPENCLAW_GATEWAY_PORT: " " }, 18789],
    [{ gateway: { port: 70_000 } }, { OPENCLAW_GATEWAY_PORT: "x" }, 18789],
  ])("%j %j", (config, variables, port) => {
    expect(gatewayPort(config, variables)).toBe(port);
  });
});

describe("remoteGateway", () => {
  it.each([
    [{}, {}, null],
    [{ gateway: { mode: "local", remote: { url: "ws://x:1" } } }, {}, null],
    [{ gateway: { mode: "remote" } }, {}, { host: null }],
    [
      { gateway: { mode: "remote", remote: { url: "wss://user:secret@box.lan:18789/x?token=t" } } },
      {},
      { host: "box.lan:18789" },
    ],
    [{}, { OPENCLAW_GATEWAY_URL: "ws://other:1" }, { host: "other:1" }],
  ])("%j %j", (config, variables, expected) => {
    expect(remoteGateway(config, variables)).toEqual(expected);
  });
});
