/**
 * The page's files: scripts and styles, in the form that the build packed (smaller than what is packed
 * while it is sent), and pictures. Only what was there at the start is ever read for a visitor.
 */

import { existsSync, readdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { readBytes } from "@/lib/system/read.mjs";

/** What else may lie in these folders is not for visitors. */
const TYPES: Readonly<Record<string, string>> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
/** Nothing of Next.js' own is anywhere else. */
const OF_NEXT = /^\/_next\//u;

interface StaticFile {
  readonly file: string;
  readonly type: string;
  /** With Brotli; null where the build did not. */
  readonly packed: string | null;
  /** Its name holds a hash of the content. */
  readonly kept: boolean;
}

/** By address. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

/** `root`: the project's folder. */
export function findStaticFiles(root: string): StaticFiles {
  return new Map([
    ...filesIn(join(root, ".next", "static"), "/_next/static/", true),
    ...filesIn(join(root, "public"), "/", false),
  ]);
}

function filesIn(folder: string, address: string, kept: boolean): [string, StaticFile][] {
  const names = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" })
    : [];
  const all = new Set(names);
  return names.flatMap((name) => {
    const type = TYPES[extname(name)];
    if (type === undefined) return [];
    const packed = all.has(`${name}.br`) ? join(folder, `${name}.br`) : null;
    const file = { file: join(folder, name), type, packed, kept };
    return [[`${address}${name.replaceAll("\\", "/")}`, file]];
  });
}

/** False where the address is none of a file: for the pages to answer. */
export function sendStatic(files: StaticFiles, req: IncomingMessage, res: ServerResponse): boolean {
  const [address = ""] = (req.url ?? "").split("?", 1);
  const found = files.get(address);
  if (!found) return OF_NEXT.test(address) && sendWord(res, 404, "Not Found");
  if (req.method !== "GET" && req.method !== "HEAD") {
    res.setHeader("allow", "GET, HEAD");
    return sendWord(res, 405, "Method Not Allowed");
  }
  const unpacks = /(?:^|[\s,])br(?:\s*(?:,|$))/u.test(String(req.headers["accept-encoding"] ?? ""));
  const packed = unpacks ? found.packed : null;
  const bytes = readBytes(packed ?? found.file);
  if (bytes === null) return sendWord(res, 404, "Not Found");
  res.writeHead(200, {
    "content-type": found.type,
    "content-length": bytes.length,
    ...(packed ? { "content-encoding": "br" } : {}),
    ...(found.packed ? { vary: "accept-encoding" } : {}),
    ...(found.kept ? { "cache-control": "public, max-age=31536000, immutable" } : {}),
  });
  res.end(req.method === "HEAD" ? undefined : bytes);
  return true;
}

function sendWord(res: ServerResponse, status: number, word: string): true {
  res.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${word}\n`);
  return true;
}
