/** The secret that seals next-auth's cookies: made once per installation, kept where only we read it. */

import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

export interface InstallSecret {
  readonly value: string;
  /**
   * `kept`, `made`: as it should be. `remade`: what lay there could not be trusted, and a new one took
   * its place. `memory`: there is no place for it, so it lasts until the program ends.
   */
  readonly kind: "kept" | "made" | "remade" | "memory";
  readonly path: string;
  /** With `remade` and `memory`. */
  readonly why: InstallSecretFault | "";
}

export type InstallSecretFault =
  | "readable-by-others"
  | "other-owner"
  | "link"
  | "not-a-secret"
  | "folder-other-owner"
  | "folder-link"
  | "not-writable";

const FORM = /^[\w-]{43}$/u;

/** The XDG rule for what a program remembers between runs: beside neither OpenClaw's files nor ours. */
export function installSecretPath(env: Environment): string {
  const named = env["XDG_STATE_HOME"];
  const state = named && isAbsolute(named) ? named : join(env["HOME"] || homedir(), ".local/state");
  return join(state, "openclaw-setup", "next-auth-secret");
}

/** Never throws. Two first starts at once end with one secret. */
export function installSecret(env: Environment): InstallSecret {
  const path = installSecretPath(env);
  const fresh = randomBytes(32).toString("base64url");
  const memory = (why: InstallSecretFault): InstallSecret => ({
    value: fresh,
    kind: "memory",
    path,
    why,
  });
  try {
    const folder = ownFolder(dirname(path));
    if (folder) return memory(folder);
    const present = read(path);
    if (present.value !== null) return { value: present.value, kind: "kept", path, why: "" };
    if (put(path, fresh, present.fault !== "absent")) {
      if (present.fault === "absent") return { value: fresh, kind: "made", path, why: "" };
      return { value: fresh, kind: "remade", path, why: present.fault };
    }
    // Another start was quicker.
    const theirs = read(path);
    return theirs.value !== null
      ? { value: theirs.value, kind: "kept", path, why: "" }
      : memory("not-a-secret");
  } catch {
    return memory("not-writable");
  }
}

/** Made 0700, or mended to it when it is ours; else why it cannot be used. */
function ownFolder(folder: string): InstallSecretFault | null {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  if (!stat.isDirectory()) return "folder-link";
  if (!isOurs(stat.uid)) return "folder-other-owner";
  if (isOpen(stat.mode)) chmodSync(folder, 0o700);
  return null;
}

type Read =
  | { readonly value: string; readonly fault: null }
  | { readonly value: null; readonly fault: InstallSecretFault | "absent" };

/** Through no link, and only what nobody else can have read or written. */
function read(path: string): Read {
  const no = (fault: InstallSecretFault | "absent"): Read => ({ value: null, fault });
  let fd: number;
  try {
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    fd = openSync(path, flags);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return no("absent");
    return no(code === "ELOOP" || code === "EMLINK" ? "link" : "not-a-secret");
  }
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile() || stat.size > 100) return no("not-a-secret");
    if (!isOurs(stat.uid)) return no("other-owner");
    if (stat.nlink > 1) return no("link");
    if (isOpen(stat.mode)) return no("readable-by-others");
    const value = readFileSync(fd, "utf8").trim();
    return FORM.test(value) ? { value, fault: null } : no("not-a-secret");
  } finally {
    closeSync(fd);
  }
}

/** Whole or not at all: written beside, then given the name. False where the name was taken meanwhile. */
function put(path: string, value: string, replace: boolean): boolean {
  const beside = `${path}.${randomBytes(6).toString("hex")}`;
  const fd = openSync(beside, "wx", 0o600);
  try {
    fchmodSync(fd, 0o600);
    writeFileSync(fd, `${value}\n`);
    fsyncSync(fd);
    if (replace) renameSync(beside, path);
    else linkSync(beside, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    closeSync(fd);
    rmSync(beside, { force: true });
  }
}

function isOurs(uid: number): boolean {
  return process.getuid === undefined || uid === process.getuid();
}

function isOpen(mode: number): boolean {
  return process.platform !== "win32" && (mode & 0o077) !== 0;
}
