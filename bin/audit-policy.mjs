// The policy for dependencies: what an audit may find, and what ends the run. See docs/security.md.

/**
 * Advisories that do not reach this program, each with its reason and an end.
 * @type {ReadonlyArray<{ id: string, reason: string, until: string }>} `until` as YYYY-MM-DD
 */
export const ACCEPTED = [];

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
