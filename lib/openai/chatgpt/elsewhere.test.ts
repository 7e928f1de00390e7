import { afterAll, beforeAll, expect, it } from "vitest";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer-types";
import { TestBrowser } from "@/e2e/servers/test-browser";
import { startElsewhereSignIn } from "@/lib/openai/chatgpt/elsewhere";
import { parseIssuer } from "@/lib/openai/chatgpt/issuer";

let service: ChatGptIssuer;
beforeAll(async () => {
  service = await startChatGptIssuer();
});
afterAll(() => service.close());

function begin() {
  const issuer = parseIssuer(service.url);
  if (!issuer.ok) throw new Error("no issuer");
  return startElsewhereSignIn(issuer.value);
}

/** Signs in, up to the address that nobody listens on. */
async function endOf(address: URL): Promise<URL> {
  const browser = new TestBrowser();
  const asked = await browser.open(address);
  const end = await browser.open(asked.url, {
    form: {},
    stopAt: ({ pathname }) => pathname === "/auth/callback",
  });
  return end.url;
}

it("takes the address on which a browser elsewhere ended, once", async () => {
  const attempt = begin();
  const end = await endOf(attempt.address);
  expect(await attempt.finish(`  ${end}\n`)).toMatchObject({
    ok: true,
    value: { email: service.account.email },
  });
  expect(await attempt.finish(end.href)).toMatchObject({ error: { code: "sign-in-failed" } });
});

it("takes none of another attempt, nor of another service, and sends no code for it", async () => {
  const [mine, other] = [begin(), begin()];
  const end = await endOf(other.address);
  const before = service.seen.length;
  const refused = { error: { code: "sign-in-failed", problem: { code: "state-mismatch" } } };
  expect(await mine.finish(end.href)).toMatchObject(refused);
  end.searchParams.set("iss", "https://example.com");
  expect(await other.finish(end.href)).toMatchObject(refused);
  expect(service.seen).toHaveLength(before);
});

it("goes on after a text that is no such address", async () => {
  expect(await begin().finish("https://example.com/")).toMatchObject({
    error: { code: "other-address" },
  });
});
