/** The relay as a program meets it: through its proxy, with its certificate, and in ways it must refuse. */

import { once } from "node:events";
import { connect } from "node:net";
import { connect as secureConnect } from "node:tls";
import { gzipSync } from "node:zlib";
import { fetch, ProxyAgent } from "undici";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Relay, startRelay } from "@/lib/setup/verify/rehearsal/relay";

let relay: Relay;
beforeEach(async () => {
  relay = await startRelay();
});
afterEach(() => relay.close());

function ask(url: string, init: object = {}, proxy = relay.proxy) {
  const { username, password, origin } = new URL(proxy);
  const token = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const dispatcher = new ProxyAgent({
    uri: origin,
    ...(username ? { token } : {}),
    requestTls: { ca: relay.authority },
  });
  return fetch(url, { dispatcher, ...init });
}

const asked = (model: string) => ({
  method: "POST",
  headers: { authorization: "Bearer sk-of-a-test" },
  body: JSON.stringify({ model, input: "ping" }),
});

it.each([
  ["https://api.openai.com/v1/responses", "api.openai.com", "/v1/responses"],
  ["https://eu.api.openai.com/v1/responses?x=1", "eu.api.openai.com", "/v1/responses"],
  [
    "https://chatgpt.com/backend-api/codex/responses",
    "chatgpt.com",
    "/backend-api/codex/responses",
  ],
  ["https://api.openai.com/v1/chat/completions", "api.openai.com", "/v1/chat/completions"],
])("answers %s and notes who asked for what", async (url, host, path) => {
  const response = await ask(url, asked("gpt-6-sol"));
  expect(response.status).toBe(200);
  expect(await response.text()).toContain("pong");
  expect(relay.replies).toEqual([
    { host, path, bearer: "sk-of-a-test", model: "gpt-6-sol", bytes: 36 },
  ]);
  expect(relay.refused).toEqual([]);
});

it.each([
  "https://api.openai.com.example.org/v1/responses",
  "https://evil-api.openai.com.attacker.net/v1/responses",
  "https://notchatgpt.com/backend-api/codex/responses",
  "https://x.y.api.openai.com/v1/responses",
  "https://127.0.0.1:443/v1/responses",
  "https://api.openai.com:8443/v1/responses",
])("refuses %s and notes the host", async (url) => {
  await expect(ask(url, asked("gpt-6-sol"))).rejects.toThrow();
  const { hostname, port } = new URL(url);
  expect(relay.refused).toEqual([`${hostname}:${port || 443}`]);
  expect(relay.replies).toEqual([]);
});

it("refuses who does not have its password, and notes nothing of them", async () => {
  const stranger = new URL(relay.proxy);
  stranger.password = "guessed";
  for (const proxy of [stranger.href, `http://127.0.0.1:${relay.port}`]) {
    await expect(
      ask("https://api.openai.com/v1/responses", asked("gpt-6-sol"), proxy),
    ).rejects.toThrow();
  }
  expect(relay.replies).toEqual([]);
});

it("lists what else was asked for at OpenAI, without an answer", async () => {
  const response = await ask("https://api.openai.com/v1/embeddings", asked("text-embedding-3"));
  expect(response.status).toBe(404);
  expect(relay.beside).toEqual(["POST api.openai.com/v1/embeddings"]);
  expect(relay.replies).toEqual([]);
});

it("has a certificate that nobody else trusts", async () => {
  const { username, password, origin } = new URL(relay.proxy);
  const token = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const dispatcher = new ProxyAgent({ uri: origin, token });
  await expect(
    fetch("https://api.openai.com/v1/responses", { dispatcher, ...asked("gpt-6-sol") }),
  ).rejects.toThrow();
  expect(relay.replies).toEqual([]);
});

it("listens on loopback alone, and not after its end", async () => {
  const { port } = relay;
  await relay.close();
  const ended = await new Promise((done) => {
    connect(port, "127.0.0.1").on("error", done).on("connect", done);
  });
  expect(ended).toMatchObject({ code: "ECONNREFUSED" });
});

it("notes nothing for a program that merely found the port", async () => {
  const socket = connect(relay.port, "127.0.0.1");
  socket.write("GET http://elsewhere.example:443/ HTTP/1.1\r\nhost: x\r\n\r\n");
  const [answer] = await once(socket, "data");
  socket.destroy();
  expect(String(answer)).toContain("HTTP/1.1 407");
  expect(relay.refused).toEqual([]);
});

it("goes on when a program ends in the middle of its request", async () => {
  const stray: unknown[] = [];
  const note = (reason: unknown) => void stray.push(reason);
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", note);
  try {
    const { username, password } = new URL(relay.proxy);
    const token = Buffer.from(`${username}:${password}`).toString("base64");
    const socket = connect(relay.port, "127.0.0.1");
    socket.write(
      `CONNECT api.openai.com:443 HTTP/1.1\r\nhost: x\r\nproxy-authorization: Basic ${token}\r\n\r\n`,
    );
    await once(socket, "data");
    const secure = secureConnect({ socket, ca: relay.authority, servername: "api.openai.com" });
    secure.on("error", () => undefined);
    await once(secure, "secureConnect");
    secure.write(
      "POST /v1/responses HTTP/1.1\r\nhost: api.openai.com\r\ncontent-length: 9\r\n\r\n{",
    );
    // The answer to a whole request behind it shows that the first one has been read.
    expect((await ask("https://api.openai.com/v1/responses", asked("gpt-5.5"))).status).toBe(200);
    socket.destroy();
    expect((await ask("https://api.openai.com/v1/responses", asked("gpt-5.5"))).status).toBe(200);
    await new Promise((resolve) => setImmediate(resolve));
    expect(stray).toEqual([]);
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const other of others) process.on("unhandledRejection", other);
  }
});

it("does not unpack more than a request may hold", async () => {
  const body = gzipSync(
    Buffer.concat([Buffer.from('{"model":"gpt-5.5","input":"'), Buffer.alloc(64 << 20, "a")]),
  );
  const answer = await ask("https://api.openai.com/v1/responses", {
    ...asked(""),
    headers: { authorization: "Bearer sk-of-a-test", "content-encoding": "gzip" },
    body,
  });
  expect(answer.status).toBe(200);
  expect(relay.replies).toMatchObject([{ model: "", bytes: body.length }]);
});
