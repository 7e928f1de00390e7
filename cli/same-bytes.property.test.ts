/** The same choices give the same bytes, whether on the page, in a terminal or by command line. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withoutToken, writeAsPage } from "@/cli/testing/page-core";
import { emptyHome, type Home } from "@/cli/testing/run";
import { writeAsTalk } from "@/cli/testing/talk-core";
import { type OpenAiServer, startOpenAiServer } from "@/e2e/servers/openai-server";
import { FILE_FORMS } from "@/lib/setup/key-forms";
import { answersSchema } from "@/lib/visit/choices/answers";

const KEY = "sk-proj-works-same00aaaabbbbccccdddd1a2b";
/** Each run is two processes' work. */
const RUNS = 12;

let server: OpenAiServer;
beforeAll(async () => {
  server = await startOpenAiServer();
});
afterAll(() => server.close());

const configs = fc.constantFrom(
  null,
  "{}\n",
  '{\n  // mine\n  gateway: { port: 19001 },\n  "agents": { "defaults": { "model": "anthropic/claude-opus-4-6" } },\n}\n',
  '{ "env": { "OPENAI_API_KEY": "sk-proj-old00000000000000000000" } }\r\n',
  '{ "agents": { "defaults": { "model": { "primary": "openai/gpt-5.2", "fallbacks": ["openai/gpt-4o"] } } } }',
);
const choices = fc.record(
  {
    version: fc.constant(1 as const),
    model: fc.constantFrom("openai/gpt-5.5", "openai/gpt-5.2", "openai/gpt-4.1-mini"),
    keyForm: fc.constantFrom(...FILE_FORMS.filter((form) => form !== "env-flat")),
    otherDefault: fc.constantFrom("first" as const, "instead" as const, "after" as const),
    declined: fc.subarray(["gateway-defaults", "runtime-pin", "flat-env-openai"]),
    accepted: fc.subarray(["checked-address"]),
  },
  { requiredKeys: ["version"] },
);

async function homeWith(config: string | null): Promise<Home> {
  const home = await emptyHome({ OPENAI_BASE_URL: server.url });
  if (config === null) return home;
  await mkdir(join(home.dir, ".openclaw"));
  await writeFile(join(home.dir, ".openclaw", "openclaw.json"), config);
  return home;
}

it("the terminal and the command line write what the page writes", async () => {
  await fc.assert(
    fc.asyncProperty(configs, choices, async (config, answers) => {
      const [page, talk, line] = [
        await homeWith(config),
        await homeWith(config),
        await homeWith(config),
      ];
      try {
        const env = { PATH: "/usr/bin:/bin", OPENAI_BASE_URL: server.url };
        await writeAsPage({ ...env, HOME: page.dir }, answersSchema.parse(answers), KEY);
        await writeAsTalk({ ...env, HOME: talk.dir }, answersSchema.parse(answers), KEY);
        expect(withoutToken(await talk.files())).toEqual(withoutToken(await page.files()));
        const args = ["apply", "--yes", "--json", "--answers", "-", "--key-env", "KEY"];
        const ran = await line.run(args, { input: JSON.stringify(answers), env: { KEY } });
        expect(ran.code, ran.stderr).toBe(0);
        expect(withoutToken(await line.files())).toEqual(withoutToken(await page.files()));
      } finally {
        await page.remove();
        await talk.remove();
        await line.remove();
      }
    }),
    { numRuns: RUNS },
  );
});
