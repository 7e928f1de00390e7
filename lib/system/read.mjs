// Reads files within bounds, and never blocks, whatever is at the path.

import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync } from "node:fs";

/** In bytes; no configuration file is nearly this large. */
export const LARGEST_FILE = 8 * 1024 * 1024;

// Windows has neither; a fifo or device swapped in after the check must not block.
const NO_FOLLOW = constants.O_NOFOLLOW || 0;
const NO_BLOCK = constants.O_NONBLOCK || 0;
const PART = 64 * 1024;

/**
 * @typedef {object} ReadRules
 * @property {number} [largest] in bytes; `LARGEST_FILE` where nothing is said
 * @property {"follow" | "refuse"} [links] whether `path` itself may be a link; `follow` by default
 */

/**
 * @typedef {{ readonly kind: "absent" }
 *   | { readonly kind: "file", readonly bytes: Buffer, readonly stat: import("node:fs").Stats }
 *   | { readonly kind: "too-large", readonly stat: import("node:fs").Stats }
 *   | { readonly kind: "other" }} FoundFile
 */

/** @type {(error: unknown) => unknown} */
const codeOf = (error) => (error instanceof Error && "code" in error ? error.code : null);

/**
 * Opens a regular file and passes it to `use`. Throws system errors other than "missing".
 * @template T
 * @param {string} path
 * @param {"follow" | "refuse"} links
 * @param {(fd: number, stat: import("node:fs").Stats) => T} use
 * @returns {T | { readonly kind: "absent" } | { readonly kind: "other" }}
 */
function withRegularFile(path, links, use) {
  const refuse = links === "refuse";
  let fd;
  try {
    // `throwIfNoEntry: false` also hides ENOTDIR on Node 24, so a file in the way would look absent.
    const found = (refuse ? lstatSync : statSync)(path);
    // Opening a device may trigger it.
    if (!found.isFile()) return { kind: "other" };
    fd = openSync(path, constants.O_RDONLY | NO_BLOCK | (refuse ? NO_FOLLOW : 0));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return { kind: "absent" };
    if (refuse && codeOf(error) === "ELOOP") return { kind: "other" };
    if (codeOf(error) === "ENXIO") return { kind: "other" };
    throw error;
  }
  try {
    const stat = fstatSync(fd);
    return stat.isFile() ? use(fd, stat) : { kind: "other" };
  } finally {
    closeSync(fd);
  }
}

/**
 * Reads at most `largest` bytes and one more, as the reported size may be wrong.
 * @param {number} fd
 * @param {number} size
 * @param {number} largest
 * @returns {Buffer | null}
 */
function readBounded(fd, size, largest) {
  const parts = [];
  let total = 0;
  // One spare byte lets the first read detect the end.
  let part = Buffer.allocUnsafe(Math.min(size, largest) + 1);
  for (;;) {
    const count = readSync(fd, part, 0, part.length, null);
    if (count === 0) break;
    total += count;
    if (total > largest) return null;
    parts.push(part.subarray(0, count));
    part = count === part.length ? Buffer.allocUnsafe(PART) : part.subarray(count);
  }
  const only = parts[0];
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts, total);
}

/**
 * Throws system errors other than "missing".
 * @param {string} path
 * @param {ReadRules} [rules]
 * @returns {FoundFile}
 */
export function readFound(path, { largest = LARGEST_FILE, links = "follow" } = {}) {
  return withRegularFile(path, links, (fd, stat) => {
    // A file reported as too large is not read.
    const bytes = stat.size > largest ? null : readBounded(fd, stat.size, largest);
    return bytes === null ? { kind: "too-large", stat } : { kind: "file", bytes, stat };
  });
}

/**
 * Returns null for anything but a regular file. Never throws.
 * @param {string} path
 * @param {ReadRules} [rules]
 * @returns {Buffer | null}
 */
export function readBytes(path, rules) {
  try {
    const found = readFound(path, rules);
    return found.kind === "file" ? found.bytes : null;
  } catch {
    return null;
  }
}

/**
 * Decodes UTF-8; otherwise like `readBytes`.
 * @param {string} path
 * @param {ReadRules} [rules]
 * @returns {string | null}
 */
export function readText(path, rules) {
  const bytes = readBytes(path, rules);
  return bytes === null ? null : bytes.toString("utf8");
}

/**
 * Reads the first `most` bytes of a regular file of any size; null otherwise. Never throws.
 * @param {string} path
 * @param {number} most
 * @returns {Buffer | null}
 */
export function readBeginning(path, most) {
  try {
    const part = withRegularFile(path, "follow", (fd) => {
      const buffer = Buffer.alloc(most);
      return buffer.subarray(0, readSync(fd, buffer, 0, most, 0));
    });
    return Buffer.isBuffer(part) ? part : null;
  } catch {
    return null;
  }
}

/**
 * Reads parts of at most 1 MiB, yielding in between, until `visit` returns true or `most` is reached.
 * Resolves to whether `visit` returned true. Never rejects.
 * @param {string} path
 * @param {number} most
 * @param {(part: Buffer) => boolean} visit
 * @returns {Promise<boolean>}
 */
export async function visitParts(path, most, visit) {
  const buffer = Buffer.allocUnsafe(1 << 20);
  let done = false;
  for (let at = 0; at < most; ) {
    const count = partAt(path, at, buffer.subarray(0, Math.min(buffer.length, most - at)));
    if (count === 0) return false;
    done = visit(buffer.subarray(0, count));
    if (done) return true;
    at += count;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return done;
}

/** @type {(path: string, at: number, buffer: Buffer) => number} */
function partAt(path, at, buffer) {
  try {
    const count = withRegularFile(path, "follow", (fd) =>
      readSync(fd, buffer, 0, buffer.length, at),
    );
    return typeof count === "number" ? count : 0;
  } catch {
    return 0;
  }
}

/**
 * Reads a file that must exist, such as one of this program. Throws if it is missing.
 * @param {string} path
 * @returns {Buffer}
 */
export function readNeeded(path) {
  const found = readFound(path);
  if (found.kind === "file") return found.bytes;
  throw new Error(
    `${path}: ${found.kind === "absent" ? "no such file" : "not a file of at most 8 MiB"}`,
  );
}
