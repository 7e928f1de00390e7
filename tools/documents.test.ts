/** A document names no file that is not there. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const NAMED =
  /`((?:app|bench|bin|cli|components|docs|e2e|lib|messages|server|tools)\/[\w./-]+\.\w+)`/gu;
/** What the rooms took the place of. */
const BEFORE = ["app/actions.ts"];

it("every file that a document names is there", () => {
  const documents = [
    ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
    ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => join("docs", name)),
  ];
  const gone = documents.flatMap((document) =>
    [...readFileSync(join(ROOT, document), "utf8").matchAll(NAMED)].flatMap(([, name = ""]) =>
      existsSync(join(ROOT, name)) || BEFORE.includes(name) ? [] : [`${document}: ${name}`],
    ),
  );
  expect(gone).toEqual([]);
});
