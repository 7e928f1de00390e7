/** Serves the pages with Next.js as a documented custom server. */

import { existsSync } from "node:fs";
import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { readNeeded } from "@/lib/system/read.mjs";
import { printOneLine } from "@/server/one-line-console";

/** Next.js reads the config of a standalone folder from here. */
const BUILT_CONFIG = "__NEXT_PRIVATE_STANDALONE_CONFIG";

export interface Pages {
  answer(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Takes over a WebSocket for hot reload, in development only. */
  connect(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

export interface PagesOptions {
  readonly root: string;
  readonly port: number;
  /** Compiles each page on demand instead of serving the build. */
  readonly dev: boolean;
}

/** Resolves when pages can be served. Loads Next.js on demand. */
export async function startPages({ root, port, dev }: PagesOptions): Promise<Pages> {
  const built = dev ? null : builtConfig(root);
  // The standalone folder lacks the code that reads config files, as for Next.js' own server.
  if (built) process.env[BUILT_CONFIG] = built;
  const { default: next } = await import("next");
  // Next.js would take WebSockets past the door, so it gets a server that never listens.
  const sockets = new Server();
  const app = next({ dev, dir: root, hostname: "localhost", port, httpServer: sockets });
  await (dev ? app.prepare() : quietly(() => app.prepare()));
  delete process.env[BUILT_CONFIG];
  if (!dev) printOneLine();
  const handle = app.getRequestHandler();
  return {
    answer: async (req, res) => {
      // Next.js makes browsers cache these forever unless a header is set.
      if (isBuiltFile(req)) res.removeHeader("cache-control");
      await handle(req, res);
    },
    connect: (req, socket, head) => void sockets.emit("upgrade", req, socket, head),
    close: () => app.close(),
  };
}

/** Null in a clone, which reads its own config. */
function builtConfig(root: string): string | null {
  if (existsSync(join(root, "next.config.mjs"))) return null;
  const { config } = JSON.parse(
    readNeeded(join(root, ".next", "required-server-files.json")).toString("utf8"),
  );
  return JSON.stringify(config);
}

/** Next.js prints how long reading its config took. Its errors still appear. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const { log } = console;
  console.log = () => {};
  try {
    await work();
  } finally {
    console.log = log;
  }
}

function isBuiltFile({ method, url = "" }: IncomingMessage): boolean {
  return (method === "GET" || method === "HEAD") && url.startsWith("/_next/static/");
}
