import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { failureReportSchema } from "@/cli/report/common";
import { emptyHome, type Home } from "@/cli/testing/run";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer-types";

let service: ChatGptIssuer;
let home: Home;
beforeAll(async () => {
  service = await startChatGptIssuer();
});
afterAll(() => service.close());
beforeEach(async () => {
  home = await emptyHome({ CHATGPT_ISSUER: service.url });
});
afterEach(async () => {
  service.fault = null;
  await home.remove();
});

/** Types the code that is read in the terminal. */
const typing = () => {
  let [said, isTyped] = ["", false];
  return (text: string) => {
    said += text;
    const code = /^ {2}([A-Z\d]+-[A-Z\d]+)$/mu.exec(said)?.[1];
    if (code === undefined || isTyped) return;
    isTyped = true;
    void fetch(`${service.url}/codex/device`, {
      method: "POST",
      body: new URLSearchParams({ user_code: code }),
    });
  };
};

it("signs in by a code that is typed elsewhere, plans, and ends a login that nobody takes over", async () => {
  const args = ["sign-in", "--dry-run", "--json", "--model", "openai/gpt-5.5"];
  const ran = await home.run(args, { heard: typing() });
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stderr).toContain(`${service.url}/codex/device`);
  expect(ran.stderr).toContain("person@example.com");
  const report = JSON.parse(ran.stdout);
  expect(report).toMatchObject({ outcome: "dry-run", plan: { choices: { auth: "chatgpt" } } });
  for (const { token } of service.issued) expect(ran.stdout + ran.stderr).not.toContain(token);
  expect(service.seen.map(({ path }) => path)).toContain("/oauth/revoke");
  expect(await home.files()).toEqual({});
});

it("says why a code cannot be had", async () => {
  service.fault = "device-disabled";
  const ran = await home.run(["sign-in", "--yes", "--json"]);
  const { exitCode, error } = failureReportSchema.parse(JSON.parse(ran.stdout));
  expect([exitCode, error.code]).toEqual([3, "sign-in-device-code-disabled"]);
});

it("has nobody sign in where nobody could agree afterwards", async () => {
  const before = service.seen.length;
  expect((await home.run(["sign-in"])).code).toBe(9);
  expect(service.seen).toHaveLength(before);
});
