/** The engines' own clients judge what is exported, where they are installed; neither needs an engine that runs. */

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import type { Engine } from "@/lib/openclaw/deployments/shapes";
import { exportSetup } from "@/lib/setup/export/export-setup";
import { exportFleet, type FleetEngine } from "@/lib/setup/export/fleet";
import { CHOICES } from "@/lib/setup/export/testing/choices";
import type { ExportFile } from "@/lib/setup/export/types";
import { machine } from "@/lib/setup/testing/machine";

const OFFICIAL = join(import.meta.dirname, "..", "testing", "official");
const BOT = "7301234567:AAEcanary-canary-canary-canary-cana";
const LIVED_IN = { config: { channels: { telegram: { botToken: BOT, tag: "no" } } } };

const works = (command: string, ...args: readonly string[]) =>
  spawnSync(command, args, { stdio: "ignore" }).status === 0;
const hasCompose = works("docker", "compose", "version");
const hasKubectl = works("kubectl", "kustomize", "--help");
const hasNix = works("nix-instantiate", "--version");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "export-judges-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(below: string, files: readonly ExportFile[]): string {
  for (const { path, text } of files) {
    const file = join(folder, below, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return join(folder, below);
}

function exported(engine: Engine): readonly ExportFile[] {
  const made = exportSetup(machine(LIVED_IN), CHOICES, { engine, release: "2026.9.6" });
  if (!made.ok) throw new Error(made.error.code);
  return made.value.files;
}

function fleet(engine: FleetEngine): readonly ExportFile[] {
  const instances = [{ name: "ada", agents: ["main"], credential: "KEY_OF_ADA" }];
  const made = exportFleet(machine(), CHOICES, { engine, release: "2026.9.6" }, instances);
  if (!made.ok) throw new Error(made.error.code);
  return made.value.files;
}

function compose(cwd: string, env: Readonly<Record<string, string>>) {
  const { PATH = "", HOME = "", DOCKER_CONFIG } = process.env;
  const own = { PATH, HOME, ...(DOCKER_CONFIG ? { DOCKER_CONFIG } : {}), ...env };
  const options = { cwd, env: own as unknown as NodeJS.ProcessEnv, encoding: "utf8" } as const;
  return spawnSync("docker", ["compose", "config"], options);
}

function kustomized(at: string): Array<Record<string, never>> {
  const ran = spawnSync("kubectl", ["kustomize", at], { encoding: "utf8" });
  expect(ran.stderr).toBe("");
  return parseAllDocuments(ran.stdout).map((one) => one.toJS());
}

it.skipIf(!hasCompose)("Compose takes the override over the official file", () => {
  const at = lay("compose", exported("compose"));
  cpSync(join(OFFICIAL, "docker-compose.yml"), join(at, "docker-compose.yml"));
  const missing = compose(at, {});
  expect(missing.status).not.toBe(0);
  expect(missing.stderr).toContain("OPENAI_API_KEY");
  const given = { OPENAI_API_KEY: "k", OPENCLAW_GATEWAY_TOKEN: "t", TELEGRAM_BOT_TOKEN: "b" };
  const ran = compose(at, given);
  expect(ran.stderr).toBe("");
  const { services } = parse(ran.stdout);
  expect(services["openclaw-gateway"].environment).toMatchObject(given);
  expect(services["openclaw-gateway"].image).toBe("ghcr.io/openclaw/openclaw:2026.9.6");
  expect(services["openclaw-config"].volumes[1]).toMatchObject({
    target: "/config",
    read_only: true,
  });
});

it.skipIf(!hasCompose)("Compose takes a project of a fleet", () => {
  const at = join(lay("fleet", fleet("compose")), "instances", "ada");
  const ran = compose(at, { KEY_OF_ADA: "k", OPENCLAW_GATEWAY_TOKEN: "t" });
  expect(ran.stderr).toBe("");
  const { name, services } = parse(ran.stdout);
  expect(name).toBe("openclaw-ada");
  expect(services["openclaw-gateway"].environment.OPENAI_API_KEY).toBe("k");
});

it.skipIf(!hasKubectl)("Kustomize builds the overlays", { timeout: 60_000 }, () => {
  cpSync(join(OFFICIAL, "manifests"), join(folder, "manifests"), { recursive: true });
  const one = kustomized(lay("overlays/one", exported("kubernetes")));
  const many = kustomized(join(lay("overlays/many", fleet("kubernetes")), "instances", "ada"));
  const kinds = ["ConfigMap", "Deployment", "PersistentVolumeClaim", "Service"];
  expect(one.map(({ kind }) => kind).sort()).toEqual(kinds);
  expect(many.map(({ kind }) => kind).sort()).toEqual([...kinds, "Namespace"].sort());
  const find = (all: typeof one, kind: string) =>
    JSON.stringify(all.find((it) => it["kind"] === kind));
  expect(find(one, "Deployment")).toContain("ghcr.io/openclaw/openclaw:2026.9.6-slim");
  expect(find(one, "Deployment")).toContain('"key":"TELEGRAM_BOT_TOKEN"');
  expect(find(one, "ConfigMap")).toContain("AGENTS.md");
  expect(find(one, "ConfigMap")).not.toContain(BOT);
  expect(find(many, "Deployment")).toContain('"key":"KEY_OF_ADA"');
  expect(find(many, "Deployment")).toContain('"namespace":"openclaw-ada"');
});

it.skipIf(!hasNix)("Nix reads the modules, and the config as what it is in JSON", () => {
  const at = lay("nix", exported("nix"));
  const evaluated = (expression: string) => {
    const args = ["--eval", "--json", "--strict", "-E", expression];
    const ran = spawnSync("nix-instantiate", args, { encoding: "utf8", cwd: at });
    expect(ran.stderr).not.toContain("error:");
    return JSON.parse(ran.stdout);
  };
  const config = JSON.parse(readFileSync(join(at, "openclaw.json"), "utf8"));
  expect(evaluated("import ./openclaw-config.nix")).toEqual(config);
  const module = { enable: true, config };
  expect(evaluated("import ./nixos.nix {}").services["openclaw-gateway"]).toMatchObject(module);
  expect(evaluated("import ./home-manager.nix {}").programs.openclaw).toMatchObject(module);
});
