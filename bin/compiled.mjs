// Keeps what one start compiled for the next, on a Node.js that does not do so by itself (before 22.8).
// Every CommonJS module is looked up by its path and the hash of its source; V8 itself refuses what another
// version of it, or other flags, made. Whatever does not fit is compiled as always.

import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readSync, renameSync, writeFileSync } from "node:fs";
import nodeModule from "node:module";
import { dirname, join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Script } from "node:vm";

/**
 * `hash` is of the source, `sum` of what was compiled: V8 itself would run what got damaged.
 * @typedef {{ hash: string, sum: string, at: number, length: number }} Entry
 */

/**
 * @param {string} folder where to keep it
 * @returns {() => Promise<{ taken: number, made: number }>} ends it, and writes down what was compiled where
 *   something had to be; tells how many modules came from the folder and how many did not. Never rejects.
 */
export function keepCompiled(folder) {
  const file = join(folder, `node-${process.version}-${process.arch}`);
  const pack = openPack(file);
  /** @type {Map<string, { hash: string, script: import("node:vm").Script }>} */
  const compiled = new Map();
  const count = { taken: 0, made: 0 };

  /** @type {any} */
  const { prototype } = nodeModule;
  const asAlways = prototype._compile;
  /** @this {any} @param {string} content @param {string} filename @param {unknown[]} rest */
  prototype._compile = function (content, filename, ...rest) {
    if (rest[0] === "module" || mayImport(filename, content)) {
      return asAlways.call(this, content, filename, ...rest);
    }
    const hash = sumOf(content);
    const kept = pack.entries[filename];
    let script;
    try {
      const cachedData = kept?.hash === hash ? pack.read(kept) : undefined;
      script = new Script(nodeModule.wrap(content), {
        filename,
        ...(cachedData && { cachedData }),
      });
    } catch {
      // It may be no CommonJS after all; the error, if it is one, is for Node.js to tell.
      return asAlways.call(this, content, filename, ...rest);
    }
    count[script.cachedDataRejected === false ? "taken" : "made"] += 1;
    compiled.set(filename, { hash, script });
    const run = script.runInThisContext();
    return run.call(this.exports, this.exports, requireOf(this), this, filename, dirname(filename));
  };

  return async () => {
    prototype._compile = asAlways;
    pack.close();
    if (count.made === 0) return count;
    try {
      /** @type {Record<string, Entry>} */
      const made = {};
      const parts = [];
      let at = 0;
      for (const [filename, { hash, script }] of compiled) {
        const part = script.createCachedData();
        made[filename] = { hash, sum: sumOf(part), at, length: part.length };
        parts.push(part);
        at += part.length;
        await nextTurn();
      }
      writePack(file, made, parts);
    } catch {
      // The next start is slower, and right all the same.
    }
    return count;
  };
}

/** @param {string | Buffer} content */
function sumOf(content) {
  return createHash("sha1").update(content).digest("base64");
}

/** What comes from the pack has forgotten how to import; `require` it can. */
const IMPORT = /(?<![.\w$])import\s*\(/u;
/** These import nothing but a cache of the project's own, which there is none of. */
const IMPORTS_IN_VAIN =
  /[\\/]next[\\/]dist[\\/](?:server[\\/]next-server|compiled[\\/]next-server[\\/].+)\.js$/u;

/** @param {string} filename @param {string} content */
function mayImport(filename, content) {
  return IMPORT.test(content) && !IMPORTS_IN_VAIN.test(filename);
}

/** @param {any} module */
function requireOf(module) {
  /** @param {string} id */
  const require = (id) => module.require(id);
  /** @type {any} */
  const internals = nodeModule;
  /** @param {string} request @param {object} [options] */
  require.resolve = (request, options) =>
    internals._resolveFilename(request, module, false, options);
  /** @param {string} request */
  require.resolve.paths = (request) => internals._resolveLookupPaths(request, module);
  require.main = process.mainModule;
  require.extensions = internals._extensions;
  require.cache = internals._cache;
  return require;
}

/**
 * @param {string} file
 * @returns {{ entries: Record<string, Entry>, read: (entry: Entry) => Buffer | undefined, close: () => void }}
 */
function openPack(file) {
  try {
    const descriptor = openSync(file, "r");
    /** @param {number} length @param {number} at @param {Buffer} into */
    const read = (length, at, into) => {
      const got = readSync(descriptor, into, 0, length, at);
      return into.subarray(0, got);
    };
    const head = read(4, 0, Buffer.alloc(4)).readUInt32LE(0);
    const entries = JSON.parse(read(head, 4, Buffer.alloc(head)).toString("utf8"));
    // V8 is done with it when the module is compiled, so one serves all.
    let room = Buffer.alloc(1 << 20);
    return {
      entries,
      read: ({ sum, at, length }) => {
        if (room.length < length) room = Buffer.alloc(length);
        const part = read(length, 4 + head + at, room);
        return sumOf(part) === sum ? part : undefined;
      },
      close: () => closeSync(descriptor),
    };
  } catch {
    return { entries: {}, read: () => undefined, close: () => {} };
  }
}

/**
 * @param {string} file
 * @param {Record<string, Entry>} entries
 * @param {Buffer[]} parts
 */
function writePack(file, entries, parts) {
  const head = Buffer.from(JSON.stringify(entries));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  mkdirSync(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, Buffer.concat([length, head, ...parts]));
  renameSync(beside, file);
}
