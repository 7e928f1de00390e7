/** What a killed program left is swept, and nothing that only has such a name. */

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { chown } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  makeWorkingFolder,
  sweepPrivateFolders,
  withPrivateFolder,
} from "@/lib/system/private-folder";

const usual = process.env["TMPDIR"];
let dir: string;
let dead: number;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "sweep-"));
  process.env["TMPDIR"] = dir;
  dead = spawnSync(process.execPath, ["-e", ""]).pid;
});
afterEach(() => {
  if (usual === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = usual;
  rmSync(dir, { recursive: true, force: true });
});

function folder(name: string): string {
  const made = path.join(dir, `openclaw-setup-check-${name}`);
  mkdirSync(made, { mode: 0o700 });
  writeFileSync(path.join(made, "file"), "held");
  return made;
}

it("sweeps what a killed program left, with its number alone or with its namespace", async () => {
  const own = await withPrivateFolder(async (one) => path.basename(one));
  const left = [folder(`${dead}-AbC123`), path.join(dir, own.replace(`${process.pid}`, `${dead}`))];
  mkdirSync(left[1] ?? "");
  await sweepPrivateFolders();
  expect(left.map((one) => existsSync(one))).toEqual([false, false]);
});

it("leaves those of a live program, and of one in another container", async () => {
  const kept = [folder(`${process.pid}-AbC123`), folder(`${dead}-1234-AbC123`), folder("x-AbC123")];
  await sweepPrivateFolders();
  expect(kept.map((one) => existsSync(one))).toEqual([true, true, true]);
});

it("leaves a link with such a name, and what it leads to", async () => {
  const target = folder("of-somebody");
  symlinkSync(target, path.join(dir, `openclaw-setup-check-${dead}-AbC123`));
  await sweepPrivateFolders();
  expect(readFileSync(path.join(target, "file"), "utf8")).toBe("held");
});

it.runIf(process.geteuid?.() === 0)(
  "leaves a folder of another user, as the administrator",
  async () => {
    const other = folder(`${dead}-AbC123`);
    await chown(other, 65534, 65534);
    await sweepPrivateFolders();
    expect(existsSync(other)).toBe(true);
  },
);

it.runIf(process.platform === "linux")(
  "runs programs where nobody else can write a setting above, if there is such a folder",
  async () => {
    const runtime = path.join(dir, "runtime");
    mkdirSync(runtime, { mode: 0o700 });
    const before = process.env["XDG_RUNTIME_DIR"];
    process.env["XDG_RUNTIME_DIR"] = runtime;
    try {
      expect(path.dirname(await makeWorkingFolder())).toBe(runtime);
      const left = path.join(runtime, `openclaw-setup-check-${dead}-AbC123`);
      mkdirSync(left);
      await sweepPrivateFolders();
      expect(existsSync(left)).toBe(false);
      chmodSync(runtime, 0o755);
      expect(path.dirname(await makeWorkingFolder())).toBe(dir);
    } finally {
      if (before === undefined) delete process.env["XDG_RUNTIME_DIR"];
      else process.env["XDG_RUNTIME_DIR"] = before;
    }
  },
);
