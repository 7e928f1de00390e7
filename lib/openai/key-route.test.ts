import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenAiServer, startOpenAiServer } from "@/e2e/servers/openai-server";
import { type RegionalOpenAi, startRegionalOpenAi } from "@/e2e/servers/regional-openai";
import { DEFAULT_OPENAI_BASE_URL } from "@/lib/openai/base-url";
import { checkKeyByRoute } from "@/lib/openai/key-route";

let openai: OpenAiServer;
let regional: RegionalOpenAi;
beforeAll(async () => {
  openai = await startOpenAiServer();
  regional = await startRegionalOpenAi();
});
afterAll(async () => {
  await openai.close();
  await regional.close();
});

describe("a key that belongs to a region", () => {
  const check = (key: string, baseUrl = DEFAULT_OPENAI_BASE_URL) =>
    checkKeyByRoute(key, { baseUrl, account: {} }, { env: regional.env });

  test.each(["eu", "us"])("is checked at the host that OpenAI names: %s", async (region) => {
    const key = `sk-test-${region}-0123456789abcdef`;
    const before = regional.seen.length;
    const at = `https://${region}.api.openai.com/v1`;
    expect(await check(key)).toMatchObject({ kind: "works", at, models: ["gpt-5.5", "gpt-5"] });
    expect(regional.seen.slice(before)).toEqual([
      `api.openai.com/v1/models ${key}`,
      `${region}.api.openai.com/v1/models ${key}`,
    ]);
  });

  test("is asked about once where the address is the right one already", async () => {
    const [key, at] = ["sk-test-eu-0123456789abcdef", "https://eu.api.openai.com/v1"];
    const before = regional.seen.length;
    expect(await check(key, at)).toMatchObject({ kind: "works", at });
    expect(regional.seen.slice(before)).toEqual([`eu.api.openai.com/v1/models ${key}`]);
  });

  test("moves on from one region to another", async () => {
    const at = "https://us.api.openai.com/v1";
    const answer = await check("sk-test-us-0123456789abcdef", "https://eu.api.openai.com/v1");
    expect(answer).toMatchObject({ kind: "works", at });
  });

  test("is sent to no host that only looks like one", async () => {
    const answer = await check("sk-test-evil-0123456789abcdef");
    expect(answer).toMatchObject({ kind: "refused", reason: "hostname", mayContinue: false });
    expect(regional.tunnels().filter((target) => target.includes("evil"))).toEqual([]);
  });
});

test("a server that is not OpenAI's sends no key to OpenAI", async () => {
  const via = await startRegionalOpenAi();
  try {
    // It answers as OpenAI would, and is asked at an address of somebody else's.
    const { createServer } = await import("node:http");
    const words = "incorrect regional hostname. Please make your request to eu.api.openai.com";
    const error = { message: words, code: "incorrect_hostname" };
    const other = createServer((_, response) => {
      response.writeHead(401, { "content-type": "application/json" });
      response.end(JSON.stringify({ error }));
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as import("node:net").AddressInfo;
    const route = { baseUrl: `http://127.0.0.1:${port}/v1`, account: {} };
    const answer = await checkKeyByRoute("sk-test-eu-0123456789abcdef", route, { env: via.env });
    expect(answer).toMatchObject({ kind: "refused", reason: "hostname", at: route.baseUrl });
    expect(via.tunnels()).toEqual([]);
    other.close();
  } finally {
    await via.close();
  }
});

describe("the account that OpenClaw sends with a key", () => {
  const both = { OPENAI_ORG_ID: "org-other", OPENAI_PROJECT_ID: "proj_other" };
  const check = (word: string, account: object) =>
    checkKeyByRoute(
      `sk-test-works-${word}-0123456789abcdef`,
      { baseUrl: openai.url, account },
      { env: {} },
    );

  test.each<[string, string, object, readonly string[]]>([
    ["fits", "any", both, []],
    ["is another organization's", "ownorg", { OPENAI_ORG_ID: "org-other" }, ["OPENAI_ORG_ID"]],
    [
      "is another project's",
      "ownproject",
      { OPENAI_PROJECT_ID: "proj_other" },
      ["OPENAI_PROJECT_ID"],
    ],
    ["has the one that does not fit beside one that does", "ownorg", both, ["OPENAI_ORG_ID"]],
    ["does not fit at all", "ownorg-ownproject", both, ["OPENAI_ORG_ID", "OPENAI_PROJECT_ID"]],
    ["is not set", "ownorg", {}, []],
  ])("%s", async (_name, word, account, unfit) => {
    expect(await check(word, account)).toMatchObject({ kind: "works", unfit, at: openai.url });
  });

  test("is not to blame where the key is refused without it too", async () => {
    const route = { baseUrl: openai.url, account: both };
    const answer = await checkKeyByRoute("sk-test-org-0123456789abcdef", route, { env: {} });
    expect(answer).toMatchObject({ kind: "refused", reason: "organization", unfit: [] });
  });
});
