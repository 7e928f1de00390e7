// The policy for dependencies: what an audit may find, and what ends the run. See docs/security.md.

/**
 * Advisories that do not reach this program, each with its reason and an end.
 * @type {ReadonlyArray<{ id: string, reason: string, until: string }>} `until` as YYYY-MM-DD
 */
export const ACCEPTED = [];

/** Licences under which what people install may come (SPDX; `A AND B` needs both). */
export const LICENCES = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC-BY-4.0",
  "ISC",
  "LGPL-3.0-or-later",
  "MIT",
  "MPL-2.0",
]);

const ENDING = new Set(["high", "critical"]);

/**
 * Judges the report of `npm audit --json` (version 2).
 * @param {unknown} report
 * @param {{ accepted: typeof ACCEPTED, today: string }} policy
 * @returns {{ kind: "no-answer", why: string } | { kind: "judged", open: string[], accepted: string[], lapsed: string[] }}
 *   `open` ends the run; `lapsed` are acceptances that ended or that nothing needs any more
 */
export function judgeAudit(report, { accepted, today }) {
  const answer = /** @type {Record<string, unknown>} */ (report ?? {});
  if (answer["auditReportVersion"] !== 2) {
    return { kind: "no-answer", why: String(answer["message"] ?? "no report") };
  }
  /** @type {Map<string, string>} */
  const found = new Map();
  const vulnerabilities = /** @type {Record<string, { via?: unknown[] }>} */ (
    answer["vulnerabilities"] ?? {}
  );
  for (const { via = [] } of Object.values(vulnerabilities)) {
    for (const cause of via) {
      // A name stands for the advisory of another package in the same report.
      if (typeof cause !== "object" || cause === null) continue;
      const { severity, url, name, title } = /** @type {Record<string, unknown>} */ (cause);
      if (!ENDING.has(String(severity))) continue;
      found.set(String(url).split("/").at(-1) ?? "", `${name}: ${title} (${severity}, ${url})`);
    }
  }
  const valid = new Set(accepted.filter(({ until }) => until >= today).map(({ id }) => id));
  return {
    kind: "judged",
    open: [...found].filter(([id]) => !valid.has(id)).map(([, line]) => line),
    accepted: [...found].filter(([id]) => valid.has(id)).map(([, line]) => line),
    lapsed: accepted.map(({ id }) => id).filter((id) => !valid.has(id) || !found.has(id)),
  };
}

/**
 * Whether the bytes of a package are held to a hash: its own, or, for one that came inside another
 * package's archive (`inBundle`), that of the package around it.
 * @param {Record<string, Record<string, unknown>>} packages
 * @param {string} path
 * @returns {boolean}
 */
function hasHash(packages, path) {
  const entry = packages[path];
  if (!entry?.["inBundle"]) return /^sha512-[\w+/]{86}==$/u.test(String(entry?.["integrity"]));
  const end = path.lastIndexOf("/node_modules/");
  return end !== -1 && hasHash(packages, path.slice(0, end));
}

/**
 * What the lock file alone can tell, without asking anybody: every package has the hash of its bytes,
 * comes from a registry over https, and what people install has a licence of the list.
 * @param {unknown} lock the parsed package-lock.json (version 3)
 * @param {ReadonlySet<string>} licences
 * @returns {{ packages: number, open: string[] }} each of `open` ends the run
 */
export function judgeLock(lock, licences) {
  const { packages = {} } = /** @type {{ packages?: Record<string, Record<string, unknown>> }} */ (
    lock ?? {}
  );
  /** @type {string[]} */
  const open = [];
  // The first is this program itself.
  const entries = Object.entries(packages).filter(([path]) => path !== "");
  for (const [path, { resolved, license, dev, link }] of entries) {
    if (link || !hasHash(packages, path)) {
      open.push(`${path}: no hash of its bytes`);
    }
    // Without an address it comes from the registry that npm is set to.
    if (resolved !== undefined && !/^https:\/\/[^/]+\/.+\.tgz$/u.test(String(resolved))) {
      open.push(`${path}: not from a registry (${resolved})`);
    }
    const named = String(license).replace(/[()]/gu, "").split(" AND ");
    if (!dev && !named.every((one) => one.split(" OR ").some((name) => licences.has(name)))) {
      open.push(`${path}: a licence that is not on the list (${license})`);
    }
  }
  return { packages: entries.length, open };
}
