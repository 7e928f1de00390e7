/** The real command line at a real pseudo-terminal of some width, with somebody who types what the screen asks for. */

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { ensureCommandLine } from "@/bin/prepare/build.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Debian's and macOS's, in bsdutils; it gives a program a terminal of its own. */
const SCRIPT = "/usr/bin/script";

/** A limit against hanging, not a measure. */
const LONGEST_MS = 10 * 60_000;

export const HAS_TERMINALS = process.platform === "linux" && existsSync(SCRIPT);

export const KEYS = { enter: "\r", down: "\u001b[B", space: " ", stop: "\u0003" } as const;

/**
 * `see`: what has to be on the screen since the last that was typed, before `type` is. A text that a function promises is
 * typed too.
 */
export interface Step {
  readonly see: string;
  readonly type: string | (() => unknown);
}

export interface AtTerminal {
  readonly args: readonly string[];
  /** All of its environment, beside a type of terminal. */
  readonly env: Readonly<Record<string, string>>;
  readonly columns: number;
  readonly steps: readonly Step[];
  /** Each part of the screen as it comes. */
  readonly heard?: (text: string) => void;
  /** The one to start; by default this project's. */
  readonly program?: string;
}

export interface Recording {
  /** Every byte that came to the screen. */
  readonly shown: string;
  readonly code: number | null;
  /** What was waited for in vain. */
  readonly unseen: readonly string[];
}

export async function atTerminal({
  args,
  env,
  columns,
  steps,
  heard,
  program = join(ROOT, "bin", "start.mjs"),
}: AtTerminal): Promise<Recording> {
  await ensureCommandLine(ROOT, () => {});
  const words = [process.execPath, program, ...args].map((word) => `'${word}'`).join(" ");
  const command = `stty cols ${columns} rows 40; exec ${words}`;
  const child = spawn(SCRIPT, ["--quiet", "--return", "--command", command, "/dev/null"], {
    env: { TERM: "xterm-256color", SHELL: "/bin/sh", ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const left = [...steps];
  let [shown, since] = ["", 0];
  child.stdout.on("data", (part: Buffer) => {
    shown += part.toString("utf8");
    heard?.(part.toString("utf8"));
    const [next] = left;
    if (!next || !plain(shown.slice(since)).includes(plain(next.see))) return;
    left.shift();
    since = shown.length;
    const { type } = next;
    void Promise.resolve(typeof type === "string" ? type : type()).then((text) => {
      if (typeof text === "string") child.stdin.write(text);
    });
  });
  // One that waits for what never comes ends as a terminal that is closed.
  const closing = setTimeout(() => child.kill("SIGTERM"), LONGEST_MS);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearTimeout(closing);
  return { shown, code, unseen: left.map(({ see }) => see) };
}

/** Without colours and moves, with each run of spaces and line ends as one space: words may be broken anywhere. */
function plain(shown: string): string {
  return stripVTControlCharacters(shown).replace(/\s+/gu, " ");
}
