/**
 * People who have the Codex plugin: installed by OpenClaw's own command, it runs the turns itself. Run only
 * when asked for (`--only=plugin`): each case downloads 344 MB.
 */
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import path from "node:path";
import type { Duplex } from "node:stream";
import { promisify } from "node:util";
import type { Case } from "./case";
import { cacheRoot } from "./install";
import { type Subject, takeTurn, words } from "./judge";
import { giveLogin } from "./logins";
import type { ModelServer } from "./model-server";
import { runOpenClaw } from "./run";
import { KEY, setUp } from "./setup";
import { judge } from "./verdict";

const PLUGIN = "@openclaw/codex@2026.9.5";

/** The first release of the era for which the plugin of that name and number was made. */
export const PLUGIN_SINCE = "2026.9.5";

export const CODEX_PLUGIN: readonly Case[] = [
  {
    group: "plugin",
    name: "codex plugin on: API key",
    async run(subject) {
      await installPlugin(subject);
      await setUp(subject);
      return proveThroughPlugin(subject, KEY, "api.openai.com/v1/responses");
    },
  },
  {
    group: "plugin",
    name: "codex plugin on: ChatGPT login",
    async run(subject) {
      await installPlugin(subject);
      const { login } = await giveLogin(subject, "first");
      return proveThroughPlugin(subject, login.access, "chatgpt.com/backend-api/codex/responses");
    },
  },
];

/** `openclaw plugins install`, from the registry that this machine uses. */
async function installPlugin({ release, home }: Subject): Promise<void> {
  await home.write(".openclaw/openclaw.json", { gateway: { mode: "local" } });
  const { stdout } = await promisify(execFile)("npm", ["config", "get", "registry"]);
  const own = ["HTTPS_PROXY", "https_proxy", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"].flatMap(
    (name) => (process.env[name] ? [[name, process.env[name]] as const] : []),
  );
  const run = await runOpenClaw(release, home, ["plugins", "install", PLUGIN], {
    env: {
      ...Object.fromEntries(own),
      npm_config_registry: stdout.trim(),
      npm_config_cache: path.join(cacheRoot(), "npm"),
    },
    timeoutMs: 300_000,
  });
  judge(run.code === 0, `plugin not installed: ${words(run)}`);
}

/** The plugin's own program opens the connections, so they come through a proxy that it honours. */
async function proveThroughPlugin(
  subject: Subject,
  bearer: string,
  where: string,
): Promise<string> {
  const proxy = await startProxy(subject.server);
  try {
    const turn = await takeTurn({ ...subject, env: { ...subject.env, ...proxy.env } });
    judge(turn.replied, `no reply: ${turn.detail}`);
    judge(proxy.hosts.has(where.split("/")[0] ?? ""), "the plugin asked nothing");
    judge(`${turn.bearers}` === bearer, "not the credential that was given");
    judge(`${turn.asked}` === where, `asked ${turn.asked}`);
    return `${turn.ms} ms, by the plugin`;
  } finally {
    await proxy.close();
  }
}

interface Proxy {
  readonly env: Readonly<Record<string, string>>;
  /** The hosts to which connections were asked for. */
  readonly hosts: ReadonlySet<string>;
  close(): Promise<void>;
}

/** Tunnels OpenAI's hosts to the loopback server and refuses every other. */
async function startProxy({ redirect }: ModelServer): Promise<Proxy> {
  const ports: Readonly<Record<string, number>> = JSON.parse(
    redirect["OPENCLAW_TEST_HOSTS"] ?? "{}",
  );
  const hosts = new Set<string>();
  const server = createServer((_, response) => response.writeHead(502).end());
  const tunnels = new Set<Duplex>();
  server.on("connect", (request, socket, head) => {
    const host = request.url?.split(":")[0] ?? "";
    const port = Object.hasOwn(ports, host) ? ports[host] : undefined;
    if (port === undefined) {
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
      return;
    }
    hosts.add(host);
    tunnels.add(socket);
    const upstream = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(socket);
      socket.pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
    socket.on("close", () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const authority = redirect["NODE_EXTRA_CA_CERTS"] ?? "";
  return {
    env: {
      HTTPS_PROXY: url,
      https_proxy: url,
      // Without it the plugin's web sockets go to the network, and it waits in vain.
      ALL_PROXY: url,
      HTTP_PROXY: url,
      NO_PROXY: "127.0.0.1,localhost",
      SSL_CERT_FILE: authority,
      CODEX_CA_CERTIFICATE: authority,
    },
    hosts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const tunnel of tunnels) tunnel.destroy();
      }),
  };
}
