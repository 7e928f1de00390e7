/** A release made up for the tests of doctor: a real process that refuses old keys and mends them, and much else. */

import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Below `folder`; the result is the environment to find it by. It refuses each key of `tools` that begins with "old",
 * and its doctor calls it "new…". `notes.hang`: doctor never ends. `notes.port`: it speaks to that. Whatever path it
 * finds at `notes.dir` it makes a folder of. `notes.stuck`: it mends nothing. `tools.port`: a text it refuses, cannot
 * mend, and writes nothing for. In place of `tools.oldSight` it says what
 * it was started with.
 */
export function installFakeDoctor(folder: string): Record<string, string> {
  const home = path.join(folder, "openclaw");
  mkdirSync(home, { recursive: true });
  mkdirSync(path.join(folder, "home", ".openclaw"), { recursive: true });
  const about = {
    name: "openclaw",
    version: "2026.9.6",
    bin: "openclaw.mjs",
    engines: { node: ">=20" },
  };
  writeFileSync(path.join(home, "package.json"), JSON.stringify(about));
  writeFileSync(path.join(home, "openclaw.mjs"), PROGRAM);
  return {
    HOME: path.join(folder, "home"),
    PATH: path.dirname(process.execPath),
    OPENCLAW_BIN: path.join(home, "openclaw.mjs"),
    DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere",
    OPENCLAW_NIX_MODE: "1",
  };
}

const PROGRAM = `
import { execSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
const { OPENCLAW_CONFIG_PATH: file, PATH, DBUS_SESSION_BUS_ADDRESS: bus, OPENCLAW_NIX_MODE: nix } = process.env;
const [command] = process.argv.slice(2);
const text = fs.readFileSync(file, "utf8");
const config = JSON.parse(text);
const old = Object.keys(config.tools ?? {}).filter((key) => key.startsWith("old"));
if (command === "config") {
  const issues = old.map((key) => ({ path: "tools", message: 'Unrecognized key: "' + key + '"' }));
  if (typeof config.tools?.port === "string") issues.push({ path: "tools.port", message: "Invalid input" });
  console.log(JSON.stringify({ valid: issues.length === 0, issues, warnings: [] }));
  process.exit(issues.length === 0 ? 0 : 1);
}
const notes = config.notes ?? {};
if (notes.hang) await new Promise(() => setInterval(() => {}, 1000));
if (notes.port) {
  await new Promise((done) => net.connect(notes.port, "127.0.0.1").on("connect", done).on("error", done));
}
if (notes.dir) fs.mkdirSync(notes.dir, { recursive: true });
if (typeof config.tools?.port === "string") {
  console.log("│  Doctor could not apply config fixes: the repaired config still fails  │");
  console.log("│  validation.                                                           │");
  console.log("│  - tools.port: Invalid input                                           │");
  console.log("│  No config changes were written. Fix the value(s) above in             │");
  process.exit(1);
}
let other = "found";
try { execSync("git --version", { stdio: "ignore" }); } catch { other = "none"; }
for (const key of notes.stuck ? [] : old) {
  config.tools["new" + key.slice(3)] = config.tools[key];
  delete config.tools[key];
}
config.wizard = { lastRunCommand: "doctor" };
const saw = { PATH: PATH.split(":").length, bus, nix, other, key: text.includes("sk-") };
if (config.tools.newSight) config.tools.newSight = JSON.stringify(saw);
fs.writeFileSync(file, JSON.stringify(config));
process.exit(0);
`;
