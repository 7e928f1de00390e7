/** Whatever the machine holds that no program's words may show. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createCallbackRelay } from "@/lib/openai/chatgpt/relay";
import { createMemoryTokenStore } from "@/lib/sign-in/token-store";
import { secretsHere } from "@/lib/visit/machine";
import { newVisit } from "@/lib/visit/visit";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "secrets-here-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it("takes the variables with the name of a secret, but not the name of a file", async () => {
  const file = join(home, "credentials.json");
  writeFileSync(file, "{}");
  const secret = {
    GROQ_API_KEY: "gsk-1",
    AWS_SESSION_TOKEN: "aws-2",
    DB_PASS: "db-3",
    AUTH: "au-4",
  };
  const store = createMemoryTokenStore<never>();
  const visit = newVisit({
    env: {
      HOME: home,
      PATH: "",
      MAX_TOKENS: "4096-8192",
      GOOGLE_APPLICATION_CREDENTIALS: file,
      ...secret,
    },
    profile: null,
    signIn: { secret: "not-used-here", store, relay: createCallbackRelay(), attempt: null },
  });
  const found = await secretsHere(visit);
  expect(found).toEqual(expect.arrayContaining(Object.values(secret)));
  for (const open of [home, file, "4096-8192"]) expect(found).not.toContain(open);
});
