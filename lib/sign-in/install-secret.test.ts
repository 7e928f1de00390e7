import { execFile } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { installSecret, installSecretPath } from "@/lib/sign-in/install-secret";

let home: string;
let path: string;
const again = () => installSecret({ HOME: home });
const mode = (file: string) => statSync(file).mode & 0o777;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "openclaw-setup-secret-"));
  path = installSecretPath({ HOME: home });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("the secret of an installation", () => {
  it("is made once, for the owner alone, and the same ever after", () => {
    const first = again();
    expect(first).toMatchObject({ kind: "made", path, why: "" });
    expect(Buffer.from(first.value, "base64url")).toHaveLength(32);
    expect([mode(path), mode(dirname(path))]).toEqual([0o600, 0o700]);
    expect(again()).toEqual({ ...first, kind: "kept" });
    expect(readdirSync(dirname(path))).toEqual(["next-auth-secret"]);
  });

  it("is where XDG says, and nowhere relative", () => {
    expect(path).toBe(join(home, ".local/state/openclaw-setup/next-auth-secret"));
    const state = join(home, "state");
    const env = { HOME: home, XDG_STATE_HOME: state };
    expect(installSecretPath(env)).toBe(join(state, "openclaw-setup/next-auth-secret"));
    expect(installSecretPath({ HOME: home, XDG_STATE_HOME: "state" })).toBe(path);
  });

  it("is another one in another installation", () => {
    const other = mkdtempSync(join(tmpdir(), "openclaw-setup-secret-"));
    expect(installSecret({ HOME: other }).value).not.toBe(again().value);
    rmSync(other, { recursive: true });
  });

  it.each([
    ["readable-by-others", () => chmodSync(path, 0o640)],
    ["not-a-secret", () => writeFileSync(path, "short\n")],
    ["not-a-secret", () => writeFileSync(path, "")],
    ["not-a-secret", () => writeFileSync(path, "x".repeat(5000))],
    ["link", () => linkSync(path, join(home, "second name"))],
    [
      "link",
      () => {
        const elsewhere = join(home, "elsewhere");
        writeFileSync(elsewhere, readFileSync(path), { mode: 0o600 });
        rmSync(path);
        symlinkSync(elsewhere, path);
      },
    ],
  ] as const)("is made anew where the old one is no good (%s)", (why, spoil) => {
    const first = again();
    spoil();
    const second = again();
    expect(second).toMatchObject({ kind: "remade", why });
    expect(second.value).not.toBe(first.value);
    expect(lstatSync(path).isFile()).toBe(true);
    expect(mode(path)).toBe(0o600);
    expect(again()).toEqual({ ...second, kind: "kept", why: "" });
  });

  it("what a link led to stays as it was", () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const elsewhere = join(home, "precious");
    writeFileSync(elsewhere, "mine", { mode: 0o600 });
    symlinkSync(elsewhere, path);
    expect(again().kind).toBe("remade");
    expect(readFileSync(elsewhere, "utf8")).toBe("mine");
  });

  it("closes a folder of ours that is open to others", () => {
    again();
    chmodSync(dirname(path), 0o755);
    expect(again().kind).toBe("kept");
    expect(mode(dirname(path))).toBe(0o700);
  });

  it("stays in memory where there is no place for it", () => {
    mkdirSync(dirname(dirname(path)), { recursive: true });
    const elsewhere = join(home, "elsewhere");
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, dirname(path));
    expect(again()).toMatchObject({ kind: "memory", why: "folder-link" });
    expect(readdirSync(elsewhere)).toEqual([]);
    rmSync(dirname(path));
    // Not even the administrator makes a folder below a file.
    writeFileSync(dirname(path), "");
    const one = again();
    expect(one).toMatchObject({ kind: "memory", why: "not-writable" });
    expect(again().value).not.toBe(one.value);
  });

  it("two first starts at once have one secret", async () => {
    const script = join(home, "secret.mjs");
    await build({
      stdin: {
        contents: `import { installSecret } from "@/lib/sign-in/install-secret";
process.stdout.write(installSecret({ HOME: process.argv[2] }).value);`,
        resolveDir: process.cwd(),
      },
      outfile: script,
      bundle: true,
      platform: "node",
      format: "esm",
      tsconfig: "tsconfig.json",
    });
    for (let round = 0; round < 3; round++) {
      const place = join(home, `round ${round}`);
      const starts = Array.from({ length: 6 }, () =>
        promisify(execFile)(process.execPath, [script, place]),
      );
      const values = (await Promise.all(starts)).map(({ stdout }) => stdout);
      expect(new Set(values).size).toBe(1);
      expect(existsSync(installSecretPath({ HOME: place }))).toBe(true);
    }
  });

  it("is made anew where another user owns it, and kept in memory where the folder is theirs", () => {
    // Only the administrator can give a file away; CI runs as one.
    if (process.getuid?.() !== 0) return;
    again();
    chownSync(path, 65534, 65534);
    expect(again()).toMatchObject({ kind: "remade", why: "other-owner" });
    chownSync(dirname(path), 65534, 65534);
    expect(again()).toMatchObject({ kind: "memory", why: "folder-other-owner" });
  });
});
