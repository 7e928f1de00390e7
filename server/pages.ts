/** The pages: Next.js as a custom server, as its documentation describes one. */

import { existsSync } from "node:fs";
import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { readNeeded } from "@/lib/system/read.mjs";
import { printOneLine } from "@/server/one-line-console";

/** Where Next.js looks for the config of a standalone folder. */
const BUILT_CONFIG = "__NEXT_PRIVATE_STANDALONE_CONFIG";

export interface Pages {
  answer(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Takes over a connection that became a WebSocket: of hot reload, in development only. */
  connect(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

export interface PagesOptions {
  /** The project's folder, with `.next` in it. */
  readonly root: string;
  readonly port: number;
  /** Compiles each page when it is asked for, instead of serving what was built. */
  readonly dev: boolean;
}

/** Resolves when a page can be asked for. Loads Next.js only when called. */
export async function startPages({ root, port, dev }: PagesOptions): Promise<Pages> {
  const built = dev ? null : builtConfig(root);
  // As the server that Next.js makes for its own standalone folder does: what reads a config file is not in there.
  if (built) process.env[BUILT_CONFIG] = built;
  const { default: next } = await import("next");
  // Next.js takes over the WebSockets of the server it is given, past the door: this one listens nowhere.
  const sockets = new Server();
  const app = next({ dev, dir: root, hostname: "localhost", port, httpServer: sockets });
  await app.prepare();
  delete process.env[BUILT_CONFIG];
  if (!dev) printOneLine();
  const handle = app.getRequestHandler();
  return {
    answer: async (req, res) => {
      // Next.js lets a browser keep these for ever, unless somebody has said otherwise before.
      if (isBuiltFile(req)) res.removeHeader("cache-control");
      await handle(req, res);
    },
    connect: (req, socket, head) => void sockets.emit("upgrade", req, socket, head),
    close: () => app.close(),
  };
}

/** The config that the pages were built with; null in a clone, which reads its own. */
function builtConfig(root: string): string | null {
  if (existsSync(join(root, "next.config.mjs"))) return null;
  const { config } = JSON.parse(
    readNeeded(join(root, ".next", "required-server-files.json")).toString("utf8"),
  );
  return JSON.stringify(config);
}

/** Scripts and styles of the build, whose names change with their content. */
function isBuiltFile({ method, url = "" }: IncomingMessage): boolean {
  return (method === "GET" || method === "HEAD") && url.startsWith("/_next/static/");
}
