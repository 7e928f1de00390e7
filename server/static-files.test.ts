/** Files are sent as they lie there, packed to whom can unpack them, and nothing else is. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findStaticFiles, sendStatic } from "@/server/static-files";

const root = mkdtempSync(join(tmpdir(), "openclaw-setup-static-"));
let server: Server;

beforeAll(async () => {
  const put = (name: string, text: string) => {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  put(".next/static/chunks/a.js", "plain");
  put(".next/static/chunks/a.js.br", "packed");
  put(".next/static/chunks/a.js.map", "map");
  put(".next/server/secret.js", "server");
  put("public/mark.svg", "<svg/>");
  const files = findStaticFiles(root);
  server = createServer((req, res) => {
    res.setHeader("cache-control", "no-store");
    if (!sendStatic(files, req, res)) res.writeHead(418).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});

afterAll(() => {
  server.close();
  rmSync(root, { recursive: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(path: string, accept = "", method = "GET"): Promise<Answer> {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return new Promise((resolve, reject) => {
    request({ port, host: "127.0.0.1", path, method, headers: { "accept-encoding": accept } })
      .on("response", async (answer) => {
        const body = (await buffer(answer)).toString("utf8");
        resolve({ status: answer.statusCode, headers: answer.headers, body });
      })
      .on("error", reject)
      .end();
  });
}

test("a script is packed for whom can unpack it, and may be kept", async () => {
  const packed = await ask("/_next/static/chunks/a.js", "gzip, br");
  expect(packed).toMatchObject({ status: 200, body: "packed" });
  expect(packed.headers).toMatchObject({
    "content-encoding": "br",
    "content-length": "6",
    vary: "accept-encoding",
    "cache-control": "public, max-age=31536000, immutable",
  });
  const plain = await ask("/_next/static/chunks/a.js?v=1", "gzip");
  expect(plain).toMatchObject({ status: 200, body: "plain" });
  expect(plain.headers["content-encoding"]).toBeUndefined();
});

test("a picture is not kept: its name says nothing of its content", async () => {
  const { headers, body } = await ask("/mark.svg", "br");
  expect(body).toBe("<svg/>");
  expect(headers).toMatchObject({ "content-type": "image/svg+xml", "cache-control": "no-store" });
});

test("HEAD tells the length and sends nothing", async () => {
  const { headers, body } = await ask("/mark.svg", "", "HEAD");
  expect(body).toBe("");
  expect(headers["content-length"]).toBe("6");
});

test("a file is not changed", async () => {
  const { status, headers } = await ask("/mark.svg", "", "POST");
  expect(status).toBe(405);
  expect(headers.allow).toBe("GET, HEAD");
});

test.each([
  "/_next/static/chunks/a.js.br",
  "/_next/static/chunks/a.js.map",
  "/_next/static/../server/secret.js",
  "/_next/static/%2e%2e/server/secret.js",
  "/_next/image?url=%2Fmark.svg&w=64&q=75",
  "/_next/data/x/key.json",
])("there is no %s", async (path) => {
  expect(await ask(path, "br")).toMatchObject({ status: 404, body: "Not Found\n" });
});

test.each(["/", "/key", "/public/mark.svg", "/../mark.svg"])(
  "%s is for the pages",
  async (path) => {
    expect((await ask(path)).status).toBe(418);
  },
);
