import { createHash } from "node:crypto";
import { cp, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failureReportSchema } from "@/cli/report/common";
import { exportReportSchema, updateReportSchema } from "@/cli/report/export-report";
import { emptyHome, type Home } from "@/cli/testing/run";

const OFFICIAL = fileURLToPath(new URL("../lib/setup/export/testing/official", import.meta.url));
const BOT = "7301234567:AAEcanary-canary-canary-canary-cana";

let home: Home;

beforeEach(async () => {
  home = await emptyHome();
  await mkdir(join(home.dir, ".openclaw"));
  const config = { channels: { telegram: { botToken: BOT } } };
  await writeFile(join(home.dir, ".openclaw", "openclaw.json"), JSON.stringify(config));
});
afterEach(() => home.remove());

const contents = (text: string) => JSON.parse(text) as unknown;

describe("export", () => {
  it("writes a new folder without a key or a secret, and says what is in it", async () => {
    const out = join(home.dir, "deploy", "compose");
    const ran = await home.run(["export", "--to", "compose", "--out", out, "--json"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const report = exportReportSchema.strict().parse(contents(ran.stdout));
    expect(report).toMatchObject({ engine: "compose", folder: out, instances: 1, signIn: null });
    expect(report.variables).toEqual([
      "OPENAI_API_KEY",
      "OPENCLAW_GATEWAY_TOKEN",
      "TELEGRAM_BOT_TOKEN",
    ]);
    for (const { path, sha256, mode } of report.files) {
      const text = await readFile(join(out, path), "utf8");
      expect(createHash("sha256").update(text).digest("hex")).toBe(sha256);
      expect(((await stat(join(out, path))).mode & 0o777).toString(8)).toBe(mode.slice(1));
      expect(text).not.toContain(BOT);
      expect(text).not.toContain(home.dir);
    }
    expect(report.files.map(({ path }) => path)).toContain("README.md");
  });

  it("puts secrets into one file of their own where that is asked for, and says so", async () => {
    const out = join(home.dir, "with");
    const key = "sk-proj-export-canary-0123456789abcdef";
    await writeFile(join(home.dir, "key"), `${key}\n`);
    const args = ["export", "--to", "compose", "--out", out, "--key-file", join(home.dir, "key")];
    const ran = await home.run([...args, "--with-secrets"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).not.toContain(key);
    expect(ran.stdout).toContain(
      "openclaw.env holds the values of OPENAI_API_KEY, OPENCLAW_GATEWAY_TOKEN",
    );
    expect(ran.stdout).toContain("TELEGRAM_BOT_TOKEN");
    const file = join(out, "openclaw.env");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, "utf8");
    expect(text).toContain(`OPENAI_API_KEY=${key}\n`);
    expect(text).toMatch(/^OPENCLAW_GATEWAY_TOKEN=[0-9a-f]{64}$/mu);
    // What only the config of this machine holds is not carried along.
    expect(text).toMatch(/^TELEGRAM_BOT_TOKEN=$/mu);
    const others = Object.entries(await home.files()).filter(
      ([name]) => name.startsWith("with/") && !name.endsWith("openclaw.env"),
    );
    expect(others.length).toBeGreaterThan(1);
    expect(JSON.stringify(others)).not.toContain(key);
  });

  it("touches nothing that is there", async () => {
    const out = join(home.dir, "mine");
    await mkdir(out);
    await writeFile(join(out, "README.md"), "mine\n");
    const before = await home.files();
    const ran = await home.run(["export", "--to", "fly", "--out", out, "--json"]);
    expect(ran.code).toBe(7);
    expect(failureReportSchema.parse(contents(ran.stdout)).error.code).toBe("folder-exists");
    expect(await home.files()).toEqual(before);
  });

  it("writes nothing in a dry run, and asks for an engine", async () => {
    const before = await home.files();
    const out = join(home.dir, "x");
    expect((await home.run(["export", "--to", "nix", "--out", out, "--dry-run"])).code).toBe(0);
    expect((await home.run(["export", "--out", out])).code).toBe(2);
    expect((await home.run(["export", "--to", "heroku", "--out", out])).code).toBe(2);
    expect(await home.files()).toEqual(before);
  });

  it("makes an overlay for each instance of an answers file", async () => {
    const answers = join(home.dir, "fleet.json");
    const instances = [{ name: "ada", credential: "KEY_OF_ADA" }, { name: "bob" }];
    await writeFile(answers, JSON.stringify({ version: 1, model: "openai/gpt-5.5", instances }));
    const out = join(home.dir, "fleet");
    const args = ["export", "--to", "kubernetes", "--answers", answers, "--out", out];
    const ran = await home.run([...args, "--json"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const report = exportReportSchema.parse(contents(ran.stdout));
    expect(report.instances).toBe(2);
    expect(report.variables).toContain("KEY_OF_ADA");
    expect(await readFile(join(out, "instances/bob/kustomization.yaml"), "utf8")).toContain(
      "namespace: openclaw-bob",
    );
    const one = await home.run(["export", "--to", "fly", "--answers", answers, "--json"]);
    expect(failureReportSchema.parse(contents(one.stdout)).error.code).toBe("no-fleet");
  });

  it("says how an instance signs in where a subscription is chosen", async () => {
    const answers = join(home.dir, "a.json");
    await writeFile(answers, JSON.stringify({ version: 1, auth: "chatgpt" }));
    const out = join(home.dir, "signed");
    const args = ["export", "--to", "kubernetes", "--answers", answers, "--out", out, "--json"];
    const report = exportReportSchema.parse(contents((await home.run(args)).stdout));
    expect(report.signIn).toContain("--device-code");
    expect(report.variables).not.toContain("OPENAI_API_KEY");
    expect(await readFile(join(out, "README.md"), "utf8")).toContain("one owner");
  });
});

describe("export --update", () => {
  beforeEach(() => cp(join(OFFICIAL, "manifests"), join(home.dir, "k8s"), { recursive: true }));
  const args = () => ["export", "--update", join(home.dir, "k8s"), "--model", "openai/gpt-5.5"];

  it("changes the config of a deployment once somebody agreed, and nothing else", async () => {
    const before = await home.files();
    const asked = await home.run([...args(), "--json"]);
    expect(asked.code).toBe(9);
    const dry = await home.run([...args(), "--dry-run", "--json"]);
    const report = updateReportSchema.strict().parse(contents(dry.stdout));
    expect(report).toMatchObject({
      engine: "kubernetes",
      release: "2026.7.1-2",
      outcome: "dry-run",
    });
    expect(await home.files()).toEqual(before);

    const ran = await home.run([...args(), "--yes", "--json"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const after = await home.files();
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(changed).toEqual(["k8s/configmap.yaml"]);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(after["k8s/configmap.yaml"]).toContain('"primary": "openai/gpt-5.5"');
    const again = await home.run([...args(), "--yes", "--json"]);
    expect(updateReportSchema.parse(contents(again.stdout)).outcome).toBe("unchanged");
  });

  it("recognises nothing where there is no deployment", async () => {
    const ran = await home.run(["export", "--update", join(home.dir, ".openclaw"), "--json"]);
    expect(failureReportSchema.parse(contents(ran.stdout)).error.code).toBe("no-deployment");
    expect(ran.code).toBe(2);
  });
});
