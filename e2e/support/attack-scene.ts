/** A home worth attacking, a visit one click before the write, and what must hold after any attack. */

import { createHash } from "node:crypto";
import { lstat, mkdir, readdir, readFile, readlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { expect } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { enter, type Form, goToReview, type Visitor } from "@/e2e/support/raw-visitor";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";
import config from "@/playwright.config";

/** The name under which the hostile pages are served; see `hostileLaunch`. */
export const HOSTILE = "evil.test";
const launch = config.use?.launchOptions ?? {};
/** For `test.use`: the hostile name leads to this machine, as after a DNS rebinding. */
export const hostileLaunch = {
  launchOptions: {
    ...launch,
    args: [...(launch.args ?? []), `--host-resolver-rules=MAP ${HOSTILE} 127.0.0.1`],
  },
};

export const KEY = "sk-proj-test-works-pasted-c1d2e3f4a5b6c7d8";
const OLD_KEY = "sk-proj-test-works-stored-00112233445566778899";
const GATEWAY_TOKEN = "gateway-token-f00dfeed99887766";
const ACCOUNT = "victim@example.test";

export interface Scene {
  readonly setup: SetupServer;
  readonly visitor: Visitor;
  /** The form that writes, with the right digest: the attacker is given all but the cookie. */
  readonly write: Form;
  readonly config: string;
  /** Fails where a secret, the account or a path of the home is in the text. */
  revealsNothing(text: string): void;
  /** Fails where a file of the home changed, came or went, or the server is gone. */
  unharmed(): Promise<void>;
  close(): Promise<void>;
}

export async function attackScene(env: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const openai = await startOpenAiServer();
  const home = await makeHome();
  const state = join(home, ".openclaw");
  const config = join(state, "openclaw.json");
  await mkdir(state, { mode: 0o700 });
  await writeFile(
    config,
    `{\n  // of ${ACCOUNT}\n  gateway: { mode: "local", auth: { mode: "token", token: "${GATEWAY_TOKEN}" } },\n}\n`,
    { mode: 0o600 },
  );
  await writeFile(join(state, ".env"), `OPENAI_API_KEY=${OLD_KEY}\n`, { mode: 0o600 });
  const setup = await startSetup(home, { OPENAI_BASE_URL: openai.url, ...env });
  const visitor = await enter(setup.url);
  const write = await goToReview(visitor, KEY, "openai/gpt-5.5");
  const before = await treeHash(home);
  const session = visitor.cookie.split("=")[1] ?? "";
  const secrets = [home, KEY, OLD_KEY, GATEWAY_TOKEN, ACCOUNT, session];
  return {
    setup,
    visitor,
    write,
    config,
    revealsNothing: (text) => {
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      // The first link of any page of the visit.
      expect(text.includes('href="#content"')).toBe(false);
    },
    unharmed: async () => {
      expect(await treeHash(home)).toBe(before);
      const review = await visitor.form("/review", "digest");
      expect(review.fields).toEqual(write.fields);
    },
    close: async () => {
      await setup.close();
      await openai.close();
    },
  };
}

/** One hash over every name, mode, link and byte below a folder, but for entries of one name. */
export async function treeHash(folder: string, without?: string): Promise<string> {
  const hash = createHash("sha256");
  const walk = async (path: string): Promise<void> => {
    if (basename(path) === without) return;
    const entry = await lstat(path);
    hash.update(`${path}\0${entry.mode}\0`);
    if (entry.isSymbolicLink()) hash.update(await readlink(path));
    else if (entry.isFile()) hash.update(await readFile(path));
    else if (entry.isDirectory()) {
      for (const name of (await readdir(path)).sort()) await walk(join(path, name));
    }
  };
  await walk(folder);
  return hash.digest("hex");
}

export interface HostileSite {
  readonly port: number;
  /** What browsers sent to it: request line and headers. */
  readonly seen: readonly string[];
  /** Serves this as `/`. */
  show(html: string): void;
  close(): Promise<void>;
}

/** A web server of somebody else on this machine, without any protective header. */
export async function startHostileSite(): Promise<HostileSite> {
  let page = "";
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}\n${request.rawHeaders.join("\n")}`);
    response.writeHead(200, { "content-type": "text/html" }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    show: (html) => {
      page = html;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
