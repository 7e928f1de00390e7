// The audit of what people install: the lock file by itself, then the advisories: none of severity
// high or critical, or a dated reason. Where the registry answers no audits, that is said and the run goes on.

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ACCEPTED, judgeAudit, judgeLock, LICENCES } from "./audit-policy.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

const lock = judgeLock(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")), LICENCES);
for (const line of lock.open) process.stderr.write(`${line}\n`);
process.stdout.write(
  `Lock file: ${lock.packages} packages, ${lock.open.length} against the policy.\n`,
);
if (lock.open.length > 0) process.exitCode = 1;

/** @type {string} */
const output = await new Promise((resolve) => {
  const args = ["audit", "--omit=dev", "--audit-level=high", "--json"];
  const options = { cwd: root, maxBuffer: 64 * 1024 * 1024, timeout: 120_000 };
  // npm is a .cmd file on Windows; no argument here comes from outside.
  const shell = process.platform === "win32";
  execFile("npm", args, { ...options, shell }, (_error, stdout) => resolve(String(stdout)));
});

/** @returns {unknown} */
function parsed() {
  try {
    return JSON.parse(output);
  } catch {
    return null;
  }
}

const today = new Date().toISOString().slice(0, 10);
const verdict = judgeAudit(parsed(), { accepted: ACCEPTED, today });
if (verdict.kind === "no-answer") {
  process.stdout.write(`Audit SKIPPED: the registry answers no audits (${verdict.why}).\n`);
} else {
  for (const line of verdict.accepted) process.stdout.write(`Accepted: ${line}\n`);
  for (const id of verdict.lapsed) process.stdout.write(`To remove from the policy: ${id}\n`);
  for (const line of verdict.open) process.stderr.write(`${line}\n`);
  const count = verdict.open.length;
  process.stdout.write(`Audit: ${count} of severity high or critical in what is installed.\n`);
  if (count > 0) process.exitCode = 1;
}
