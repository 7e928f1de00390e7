/** The pages: Next.js as a custom server, as its documentation describes one. */

import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

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
  const { default: next } = await import("next");
  // Next.js takes over the WebSockets of the server it is given, past the door: this one listens nowhere.
  const sockets = new Server();
  const app = next({ dev, dir: root, hostname: "localhost", port, httpServer: sockets });
  await app.prepare();
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

/** Scripts and styles of the build, whose names change with their content. */
function isBuiltFile({ method, url = "" }: IncomingMessage): boolean {
  return (method === "GET" || method === "HEAD") && url.startsWith("/_next/static/");
}
