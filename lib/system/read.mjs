// The one reader of files: whatever lies at a path, reading it ends, and takes no more than it may.

import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync } from "node:fs";

/** No configuration is anywhere near this; beyond it a file is not read into memory. 8 MiB. */
export const LARGEST_FILE = 8 * 1024 * 1024;

// Neither exists on Windows; a fifo or device swapped in after the look must not block the open.
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
 * Opens what is a regular file and gives it to `use`. Throws system errors other than "missing".
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
    // `throwIfNoEntry: false` also hides ENOTDIR on Node 24: a file in the way would look absent.
    const found = (refuse ? lstatSync : statSync)(path);
    // A device may act upon being opened, so only a file is.
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
 * At most `largest` bytes and one more, as the size told beforehand may already be wrong.
 * @param {number} fd
 * @param {number} size
 * @param {number} largest
 * @returns {Buffer | null}
 */
function readBounded(fd, size, largest) {
  const parts = [];
  let total = 0;
  // With room for one byte more, the first reading shows that there is none.
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
 * What is at `path`. Throws system errors other than "missing".
 * @param {string} path
 * @param {ReadRules} [rules]
 * @returns {FoundFile}
 */
export function readFound(path, { largest = LARGEST_FILE, links = "follow" } = {}) {
  return withRegularFile(path, links, (fd, stat) => {
    // Told beforehand, it need not be read to be known.
    const bytes = stat.size > largest ? null : readBounded(fd, stat.size, largest);
    return bytes === null ? { kind: "too-large", stat } : { kind: "file", bytes, stat };
  });
}

/**
 * The bytes of a regular file; null for everything else. Never throws.
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
 * The same as UTF-8.
 * @param {string} path
 * @param {ReadRules} [rules]
 * @returns {string | null}
 */
export function readText(path, rules) {
  const bytes = readBytes(path, rules);
  return bytes === null ? null : bytes.toString("utf8");
}

/**
 * The first `most` bytes of a regular file of any size; null for everything else. Never throws.
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
 * Reads a regular file in parts of at most 1 MiB, with room for other work in between, until `visit`
 * says it is enough, or the end of `most`. Resolves to whether it was enough. Never rejects.
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
 * The bytes of a file that has to be there, such as one of this program's own. Throws where it is not.
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
