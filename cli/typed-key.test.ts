/** A key that is typed at a real pseudo-terminal. */

import { expect, it } from "vitest";
import { atTerminal, HAS_TERMINALS } from "@/cli/testing/pseudo-terminal";
import { emptyHome } from "@/cli/testing/run";
import { startOpenAiServer } from "@/e2e/servers/openai-server";

const KEY = "sk-proj-test-works-typed-7f3a9b2c4d5e6f70";

it.skipIf(!HAS_TERMINALS)(
  "asks somebody at a terminal for the key, and shows nothing of it",
  async () => {
    const [server, home] = [await startOpenAiServer(), await emptyHome()];
    try {
      const { shown, code } = await atTerminal({
        args: ["plan"],
        env: { HOME: home.dir, PATH: "/usr/bin:/bin", OPENAI_BASE_URL: server.url },
        columns: 80,
        steps: [{ see: "what you type is not shown", type: `${KEY}\r` }],
      });
      expect(shown).toContain("Adds your key to");
      expect(code).toBe(0);
      expect(shown).not.toContain(KEY.slice(8, -4));
    } finally {
      await home.remove();
      await server.close();
    }
  },
);
