import { expect, it } from "vitest";
import { judgeAudit } from "@/bin/audit-policy.mjs";

const advisory = (severity: string, id: string) => ({
  name: "left",
  title: "Something",
  severity,
  url: `https://github.com/advisories/${id}`,
});
const report = {
  auditReportVersion: 2,
  vulnerabilities: {
    left: { via: [advisory("high", "GHSA-1"), advisory("moderate", "GHSA-2")] },
    above: { via: ["left"] },
    right: { via: [advisory("critical", "GHSA-3")] },
  },
};
const accept = (id: string, until: string) => ({ id, reason: "not reached", until });
const judge = (accepted: ReturnType<typeof accept>[]) =>
  judgeAudit(report, { accepted, today: "2026-11-24" });

it("ends the run for high and critical, once for each advisory", () => {
  const verdict = judge([]);
  expect(verdict).toMatchObject({ kind: "judged", accepted: [], lapsed: [] });
  if (verdict.kind !== "judged") throw new Error();
  expect(verdict.open.map((line) => /GHSA-\d/u.exec(line)?.[0])).toEqual(["GHSA-1", "GHSA-3"]);
});

it("accepts what the policy names until its day, and says what the policy need not name", () => {
  const verdict = judge([
    accept("GHSA-1", "2026-11-24"),
    accept("GHSA-3", "2026-11-23"),
    accept("GHSA-9", "2027-01-01"),
  ]);
  if (verdict.kind !== "judged") throw new Error();
  expect(verdict.open).toHaveLength(1);
  expect(verdict.open[0]).toContain("GHSA-3");
  expect(verdict.accepted).toHaveLength(1);
  expect(verdict.lapsed).toEqual(["GHSA-3", "GHSA-9"]);
});

it("takes no answer for no answer, never for a good one", () => {
  const policy = { accepted: [], today: "2026-11-24" };
  expect(judgeAudit({ message: "405 Method Not Allowed" }, policy)).toEqual({
    kind: "no-answer",
    why: "405 Method Not Allowed",
  });
  expect(judgeAudit(null, policy)).toEqual({ kind: "no-answer", why: "no report" });
});
