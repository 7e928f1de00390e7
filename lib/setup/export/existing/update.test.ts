/** Deployments of the official shape: recognised, and changed in their config alone. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { configInConfigMap, withConfigInConfigMap } from "@/lib/setup/export/existing/config-map";
import { type Folder, recogniseDeployment } from "@/lib/setup/export/existing/recognise";
import { updateDeployment } from "@/lib/setup/export/existing/update";
import { CHOICES } from "@/lib/setup/export/testing/choices";
import { machine } from "@/lib/setup/testing/machine";

const OFFICIAL = join(import.meta.dirname, "..", "testing", "official");

function folderOf(
  files: Readonly<Record<string, string>>,
  variables: Folder["variables"] = {},
): Folder {
  return { files: new Map(Object.entries(files)), variables };
}

function manifests(): Record<string, string> {
  const folder = join(OFFICIAL, "manifests");
  return Object.fromEntries(
    readdirSync(folder).map((name) => [
      `manifests/${name}`,
      readFileSync(join(folder, name), "utf8"),
    ]),
  );
}

function updated(folder: Folder, release = "2026.9.6") {
  const found = recogniseDeployment(folder);
  if (!found) throw new Error("not recognised");
  const result = updateDeployment(machine(), folder, found, CHOICES, release);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return { found, files: result.value };
}

it("changes the text of the official ConfigMap, and no other line", () => {
  const { found, files } = updated(folderOf(manifests()));
  expect(found).toEqual({
    engine: "kubernetes",
    configs: [{ path: "manifests/configmap.yaml", inside: "configmap" }],
    release: "2026.7.1-2",
  });
  const [file] = files;
  expect(files).toHaveLength(1);
  const after = file?.after.split("\n") ?? [];
  const added = after.filter((line) => !file?.before.split("\n").includes(line));
  expect(file?.before.split("\n").filter((line) => !after.includes(line))).toEqual([
    '      "agents": { "defaults": { "workspace": "~/.openclaw/workspace" } },',
    '      "cron": { "enabled": false }',
  ]);
  expect(added.join("\n")).toContain('"primary": "openai/gpt-5.5"');
  expect(after).toContain("      // comments are for people");
  expect(after).toContain("    app: openclaw # every object has it");
  const config = parse(file?.after ?? "").data["openclaw.json"];
  expect(config).not.toMatch(/canary|OPENAI_API_KEY=/u);
  expect(config).toContain('"bind": "loopback"');
});

it("changes nothing where all is as chosen", () => {
  const folder = manifests();
  const [file] = updated(folderOf(folder)).files;
  const again = folderOf({ ...folder, "manifests/configmap.yaml": file?.after ?? "" });
  expect(updated(again).files).toEqual([]);
});

it("changes the file that a kustomization makes a ConfigMap of", () => {
  const kustomization =
    "configMapGenerator:\n  - name: openclaw-config\n    files: [config/openclaw.json]\n";
  const config = "{\n  // ours\n  gateway: { mode: 'local', },\n}\n";
  const { found, files } = updated(
    folderOf({ "k/kustomization.yaml": kustomization, "k/config/openclaw.json": config }),
  );
  expect(found.configs).toEqual([{ path: "k/config/openclaw.json", inside: "file" }]);
  expect(files[0]?.after).toContain("  // ours\n  gateway: { mode: 'local', },\n");
  expect(files[0]?.after).toContain("primary: 'openai/gpt-5.5'");
});

it("changes the config that the official Compose file mounts", () => {
  const compose = readFileSync(join(OFFICIAL, "docker-compose.yml"), "utf8");
  const files = { "docker-compose.yml": compose, "state/openclaw.json": "{}\n" };
  const { found } = updated(
    folderOf(files, {
      OPENCLAW_CONFIG_DIR: "./state",
      OPENCLAW_IMAGE: "ghcr.io/openclaw/openclaw:2026.9.6-slim",
    }),
  );
  expect(found).toEqual({
    engine: "compose",
    configs: [{ path: "state/openclaw.json", inside: "file" }],
    release: "2026.9.6",
  });
});

it.each([
  ["nothing", {}],
  ["another project", { "docker-compose.yml": "services:\n  web:\n    image: nginx\n" }],
  ["another ConfigMap", { "a.yaml": "kind: ConfigMap\ndata:\n  app.json: '{}'\n" }],
  ["no YAML", { "a.yaml": "kind: [\n" }],
])("recognises no deployment in %s", (_, files) => {
  expect(recogniseDeployment(folderOf(files as Record<string, string>))).toBeNull();
});

it("leaves every byte around the config as it was", { timeout: 120_000 }, () => {
  const line = fc.stringMatching(/^[ -~]{0,20}$/u);
  const text = fc
    .array(line, { minLength: 1, maxLength: 8 })
    .map((lines) => `{${lines.join("\n")}\n}\n`);
  let changed = 0;
  fc.assert(
    fc.property(
      text,
      text,
      fc.constantFrom("    ", "      ", "        "),
      fc.constantFrom("|", "|2", "| # the config", "|-"),
      fc.constantFrom("", "  AGENTS.md: |\n    # x  \n    y\n"),
      (before, after, indent, mark, beside) => {
        const isOpen = mark === "|-";
        const cut = (config: string) => (isOpen ? config.trimEnd() : config);
        const width = mark === "|2" ? "    " : indent;
        const head = `# first\nkind: ConfigMap   # here\ndata:\n  "openclaw.json": ${mark}\n`;
        const lines = cut(before).split("\n");
        const body = lines.map((one) => (one === "" ? "" : width + one)).join("\n");
        const tail = `${isOpen ? "\n" : ""}${beside}---\nkind: Secret # other\n`;
        const yaml = head + body + tail;
        expect(configInConfigMap(yaml)).toBe(cut(before));
        const edited = withConfigInConfigMap(yaml, cut(after));
        // A first line of blanks alone, or a last one, cannot always stand in a block.
        if (edited === null) return;
        changed += 1;
        expect(configInConfigMap(edited)).toBe(cut(after));
        expect(edited.startsWith(head)).toBe(true);
        expect(edited.endsWith(tail)).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
  expect(changed).toBeGreaterThan(1900);
});

it.each([
  ["between quotes", `"{}"`],
  ["between single quotes", `'{ "a": 1 }' # as it is`],
  ["bare", "x"],
])("replaces a text %s", (_, written) => {
  const yaml = `kind: ConfigMap\ndata: # all\n  openclaw.json: ${written}\n  b: 2 # two\n`;
  const edited = withConfigInConfigMap(yaml, '{\n  "b": "ä"\n}\n') ?? "";
  expect(configInConfigMap(edited)).toBe('{\n  "b": "ä"\n}\n');
  expect(edited).toContain("data: # all\n");
  expect(edited.endsWith("\n  b: 2 # two\n")).toBe(true);
});

it.each([
  [
    "multiply",
    "a: &a [x, x]\n".concat(
      "bcdefghij".replace(
        /./gu,
        (one) => `${one}: &${one} [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n`,
      ),
    ),
  ],
  ["lead back to themselves", "a: &a [*a]\n"],
  ["lead nowhere", "- *nowhere\n"],
])("passes over a file whose aliases %s", (_, text) => {
  const files = new Map([["odd.yaml", text]]);
  expect(recogniseDeployment({ files, variables: {} })).toBe(null);
});
