/** A key that is typed at a real pseudo-terminal. */

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { ensureCommandLine } from "@/bin/prepare/build.mjs";
import { emptyHome } from "@/cli/testing/run";
import { startOpenAiServer } from "@/e2e/servers/openai-server";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const KEY = "sk-proj-test-works-typed-7f3a9b2c4d5e6f70";
/** Debian's and macOS's, in bsdutils; it gives a program a terminal of its own. */
const SCRIPT = "/usr/bin/script";

it.skipIf(process.platform !== "linux" || !existsSync(SCRIPT))(
  "asks somebody at a terminal for the key, and shows nothing of it",
  async () => {
    await ensureCommandLine(ROOT, () => {});
    const server = await startOpenAiServer();
    const home = await emptyHome();
    try {
      const command = `"${process.execPath}" "${join(ROOT, "bin", "start.mjs")}" plan`;
      const child = spawn(SCRIPT, ["--quiet", "--return", "--command", command, "/dev/null"], {
        env: {
          HOME: home.dir,
          PATH: "/usr/bin:/bin",
          TERM: "xterm",
          SHELL: "/bin/sh",
          OPENAI_BASE_URL: server.url,
        } as unknown as NodeJS.ProcessEnv,
        stdio: ["pipe", "pipe", "inherit"],
      });
      let shown = "";
      let isAsked = false;
      child.stdout.on("data", (part) => {
        shown += String(part);
        if (isAsked || !shown.includes("what you type is not shown")) return;
        isAsked = true;
        child.stdin.write(`${KEY}\r`);
      });
      const code = await new Promise((resolve) => child.on("close", resolve));
      expect(shown).toContain("Adds your key to");
      expect(code).toBe(0);
      expect(shown).not.toContain(KEY.slice(8, -4));
    } finally {
      await home.remove();
      await server.close();
    }
  },
);
