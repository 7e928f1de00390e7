/** A connection that ends in an answer nobody can read ends the request, and not the program. */

import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkApiKey } from "@/lib/openai/check-key";

const uncaught: unknown[] = [];
const note = (error: unknown) => void uncaught.push(error);
/** Of the test runner, which would end the run. */
const others = process.listeners("uncaughtException");

beforeEach(() => {
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", note);
});
afterEach(() => {
  process.removeAllListeners("uncaughtException");
  for (const other of others) process.on("uncaughtException", other);
});

// Found by `npm run test:fuzz`.
it.each([
  ["br", 90_000],
  ["gzip", 120_000],
  ["deflate", 90_000],
  ["identity", 300_000],
] as const)("where the body is none of %s, of %i bytes", async (coding, length) => {
  const body = '"'.padEnd(length, "\\u0041");
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.end(
        `HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-encoding: ${coding}\r\ncontent-length: ${length}\r\n\r\n${body}`,
      );
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  for (let times = 0; times < 5; times += 1) {
    const baseUrl = `http://127.0.0.1:${port}/v1`;
    const check = await checkApiKey("sk-proj-0123456789abcdef", { baseUrl, env: {} });
    expect(check.kind).not.toBe("works");
  }
  server.close();
  await once(server, "close");
  expect(uncaught).toEqual([]);
});
