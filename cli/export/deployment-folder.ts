/** Reads the files of a folder that may contain a deployment. */

import { readdirSync } from "node:fs";
import path from "node:path";
import type { Folder } from "@/lib/setup/export/existing/recognise";
import { readText } from "@/lib/system/read.mjs";
import { readDotenv } from "@/lib/text/dotenv/edit";

const WANTED = /(?:\.ya?ml|(?:^|\/)openclaw\.json)$/iu;
const SKIPPED = /^(?:node_modules|\.git|\.openclaw-setup)$/u;
const MOST_DEEP = 6;
const MOST_FILES = 2000;

/** Does not follow links. Null for a missing folder. */
export function readDeployment(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Folder | null {
  const files = new Map<string, string>();
  const visit = (below: string, deep: number): void => {
    const entries = readdirSync(path.join(folder, below), { withFileTypes: true });
    for (const entry of entries) {
      const name = below === "" ? entry.name : `${below}/${entry.name}`;
      if (files.size >= MOST_FILES) return;
      if (entry.isDirectory() && deep < MOST_DEEP && !SKIPPED.test(entry.name)) {
        visit(name, deep + 1);
      } else if (entry.isFile() && WANTED.test(name)) {
        const text = readText(path.join(folder, name), { links: "refuse" });
        if (text !== null) files.set(name, text);
      }
    }
  };
  try {
    visit("", 0);
  } catch {
    return null;
  }
  const dotenv = readText(path.join(folder, ".env"), { links: "refuse" }) ?? "";
  return { files, variables: { ...Object.fromEntries(readDotenv(dotenv)), ...env } };
}
