/**
 * Next.js' renderer, without the router that its own server puts in front of it. That router sends files,
 * which `server/static-files.ts` does here, packs pages, which no loopback needs, and follows rewrites
 * and middleware, of which there are none. Its modules are a third of what a start would load.
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { readText } from "@/lib/system/read.mjs";

export interface Renderer {
  render(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Pages are loaded when first asked for; this loads all that are left. */
  loadTheRest(): Promise<void>;
  close(): Promise<void>;
}

/** `root`: the project's folder, with `.next` in it. */
export function createRenderer(root: string, port: number): Renderer {
  // As the build has recorded them. Reading next.config.mjs again would load what only a build needs.
  const record = readText(join(root, ".next", "required-server-files.json")) ?? "";
  const { config } = JSON.parse(record) as { config: object };
  const load = createRequire(join(root, "package.json"));
  // Loaded only now, when the port is ours.
  const { default: NextServer } = load(
    "next/dist/server/next-server",
  ) as typeof import("next/dist/server/next-server");
  const server = new NextServer({
    conf: config,
    dir: root,
    dev: false,
    hostname: "localhost",
    port,
    customServer: false,
  });
  const { addRequestMeta } = load(
    "next/dist/server/request-meta",
  ) as typeof import("next/dist/server/request-meta");
  const handle = server.getRequestHandler();
  const folder = relative(process.cwd(), root);
  return {
    render: async (req, res) => {
      // Whoever goes away in the middle is no error.
      req.on("error", () => {});
      res.on("error", () => {});
      const to = withoutEndingSlash(req.url ?? "");
      if (to !== null) {
        res.writeHead(308, { location: to }).end();
        return;
      }
      // A page finds its server by this, wherever it was started from.
      addRequestMeta(req, "relativeProjectDir", folder);
      await handle(req, res);
    },
    // Next.js has this under a name it may drop: then each page is loaded when asked for.
    loadTheRest: async () => server.unstable_preloadEntries?.(),
    close: () => server.close(),
  };
}

/** Next.js knows every page by one address. */
function withoutEndingSlash(target: string): string | null {
  const [, path, query = ""] = /^(\/[^?]*[^/?])\/+(\?.*)?$/u.exec(target) ?? [];
  return path === undefined ? null : `${path}${query}`;
}
