/** The page's scripts and styles as the build packed them: smaller than what is packed while it is sent. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";

const FOLDER = "/_next/static/";
const TYPES: Readonly<Record<string, string>> = {
  js: "application/javascript; charset=UTF-8",
  css: "text/css; charset=UTF-8",
};

/** Addresses with the file behind each. Only what is listed here is ever read for a visitor. */
export type PackedFiles = ReadonlyMap<string, { readonly file: string; readonly type: string }>;

/** `root`: the project's folder. Empty where the build packed nothing. */
export function findPackedFiles(root: string): PackedFiles {
  const folder = join(root, ".next", "static");
  const names = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" })
    : [];
  return new Map(
    names.flatMap((name) => {
      const [, plain = "", kind = ""] = /^(.+\.(js|css))\.br$/u.exec(name) ?? [];
      const type = TYPES[kind];
      if (type === undefined) return [];
      return [[`${FOLDER}${plain.replaceAll("\\", "/")}`, { file: join(folder, name), type }]];
    }),
  );
}

/** False where it is for somebody else to answer: another address, or a browser that does not unpack. */
export function sendPacked(files: PackedFiles, req: IncomingMessage, res: ServerResponse): boolean {
  const found = files.get(req.url ?? "");
  const unpacks = /(?:^|[\s,])br(?:\s*(?:,|$))/u.test(String(req.headers["accept-encoding"] ?? ""));
  if (!found || !unpacks || (req.method !== "GET" && req.method !== "HEAD")) return false;
  const bytes = readFileSync(found.file);
  res.writeHead(200, {
    "content-type": found.type,
    "content-encoding": "br",
    "content-length": bytes.length,
    // The name holds a hash of the content.
    "cache-control": "public, max-age=31536000, immutable",
    vary: "accept-encoding",
  });
  res.end(req.method === "HEAD" ? undefined : bytes);
  return true;
}
