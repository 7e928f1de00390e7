// Runs one child program and shows its output at once, or only if it fails.

import { spawn } from "node:child_process";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string | undefined>, quiet?: boolean, heard?: (line: string) => void }} options
 * `heard`: receives each line of a quiet program
 * @returns {Promise<number>} the exit status; 1 after a signal or a failed start
 */
export function run(command, args, { cwd, env = {}, quiet = false, heard }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
      // npm is a .cmd file on Windows; no argument comes from outside.
      shell: process.platform === "win32" && command === "npm",
    });
    running.add(child);
    /** @type {Buffer[]} */
    const output = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (/** @type {Buffer} */ chunk) => {
        output.push(chunk);
        for (const line of chunk.toString("utf8").split("\n")) heard?.(line);
      });
    }
    child.on("error", (error) => {
      running.delete(child);
      process.stderr.write(`${error.message}\n`);
      resolve(1);
    });
    child.on("close", (code) => {
      running.delete(child);
      if (code !== 0) process.stderr.write(Buffer.concat(output));
      resolve(code ?? 1);
    });
  });
}

export function endChildren() {
  for (const child of running) child.kill("SIGTERM");
}
