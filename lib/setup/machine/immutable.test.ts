import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { immutableConfig } from "@/lib/setup/machine/immutable";

let dir: string;
let [state, file] = ["", ""];
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "immutable-"));
  state = path.join(dir, "state");
  file = path.join(state, "openclaw.json");
  mkdirSync(state);
  writeFileSync(file, "{}");
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe("a config whose source is elsewhere", () => {
  it.each(["OPENCLAW_CONFIG_READONLY", "OPENCLAW_NIX_MODE"] as const)("is told by %s", (name) => {
    const wanted = { kind: "variable", name };
    expect(immutableConfig(file, state, { [name]: "1" }, [])).toEqual(wanted);
    expect(immutableConfig(file, state, {}, [{ name, value: "true" }])).toEqual(wanted);
    expect(immutableConfig(file, state, { [name]: "0" }, [{ name, value: "" }])).toBeNull();
  });

  it("is any other config where nothing says so", () => {
    expect(immutableConfig(file, state, {}, [])).toBeNull();
    expect(immutableConfig(path.join(state, "none.json"), state, {}, [])).toBeNull();
  });

  // Root may write everywhere.
  it.skipIf(process.getuid?.() === 0)("is told by a folder that cannot be written", () => {
    const folder = path.join(dir, "etc");
    mkdirSync(folder);
    const config = path.join(folder, "openclaw.json");
    writeFileSync(config, "{}");
    chmodSync(folder, 0o500);
    expect(immutableConfig(config, state, {}, [])).toEqual({ kind: "not-writable", path: folder });
    chmodSync(folder, 0o700);
  });
});
