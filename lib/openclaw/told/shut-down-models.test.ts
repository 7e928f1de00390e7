/** What an installed release says is gone, whoever offered it. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readShutDownModels } from "@/lib/openclaw/told/shut-down-models";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "told-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function extension(name: string, text: string): void {
  const folder = path.join(dir, "dist", "extensions", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "openclaw.plugin.json"), text);
}

it("reads those that are gone as such, from every extension, and nothing odd", () => {
  const suppressions = [
    { provider: "google", model: "gemini-3-pro-preview", reason: "shut down" },
    { provider: "google", model: "gemini-1.0", retirement: { replacedBy: "gemini-3.1" } },
    {
      provider: "google-vertex",
      model: "gemini-1.5-pro",
      reason: "Retired. Use google-vertex/gemini-3.1-pro.",
    },
    { provider: "openai", model: "gpt-5.4", when: { baseUrlHosts: ["chatgpt.com"] } },
    { provider: "google", model: 5 },
    null,
  ];
  extension("google", JSON.stringify({ modelCatalog: { suppressions } }));
  extension(
    "xai",
    JSON.stringify({ modelCatalog: { suppressions: [{ provider: "xai", model: "a" }] } }),
  );
  extension("odd", "{ no json");
  extension("empty", "{}");
  expect([...readShutDownModels(path.join(dir, "dist", "extensions"))].sort()).toEqual([
    ["google-vertex/gemini-1.5-pro", "google-vertex/gemini-3.1-pro"],
    ["google/gemini-1.0", "google/gemini-3.1"],
    ["google/gemini-3-pro-preview", null],
    ["xai/a", null],
  ]);
});

it("finds none where a release has no such lists", () => {
  expect([...readShutDownModels(path.join(dir, "nowhere"))]).toEqual([]);
});
