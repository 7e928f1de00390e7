import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { judgeAudit, judgeLock, LICENCES } from "@/tools/audit-policy.mjs";

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

const integrity = `sha512-${"A".repeat(86)}==`;
const locked = (entry: object) =>
  judgeLock(
    {
      packages: {
        "": { name: "this" },
        "node_modules/one": { integrity, license: "MIT", ...entry },
      },
    },
    LICENCES,
  ).open.map((line) => line.replace(/^[^:]*: /u, "").replace(/ \(.*/u, ""));

it.each([
  [{}, []],
  [{ resolved: "https://registry.example.test/one/-/one-1.0.0.tgz" }, []],
  [{ integrity: undefined }, ["no hash of its bytes"]],
  [{ integrity: "sha1-AAAA" }, ["no hash of its bytes"]],
  [{ link: true }, ["no hash of its bytes"]],
  [{ resolved: "git+ssh://git@example.test/one.git#0123456" }, ["not from a registry"]],
  [{ resolved: "http://registry.example.test/one/-/one-1.0.0.tgz" }, ["not from a registry"]],
  [{ resolved: "file:../one" }, ["not from a registry"]],
  [{ license: "(MIT OR CC0-1.0)" }, []],
  [{ license: "MIT AND AGPL-3.0-only" }, ["a licence that is not on the list"]],
  [{ license: undefined }, ["a licence that is not on the list"]],
  [{ license: undefined, dev: true }, []],
])("reads of a package in the lock file: %j", (entry, says) => {
  expect(locked(entry)).toEqual(says);
});

it("takes a bundled package for part of the package that carries it, and of nothing else", () => {
  const judge = (carrier: object, path: string) =>
    judgeLock(
      {
        packages: {
          "node_modules/@scope/carrier": { license: "MIT", ...carrier },
          [path]: { license: "MIT", inBundle: true },
        },
      },
      LICENCES,
    ).open;
  const inside = "node_modules/@scope/carrier/node_modules/one";
  expect(judge({ integrity }, inside)).toEqual([]);
  expect(judge({}, inside)).toHaveLength(2);
  expect(judge({ integrity }, "node_modules/one")).toEqual([
    "node_modules/one: no hash of its bytes",
  ]);
});

it("has nothing against the lock file of this program", () => {
  const lock = readFileSync(
    fileURLToPath(new URL("../package-lock.json", import.meta.url)),
    "utf8",
  );
  expect(judgeLock(JSON.parse(lock), LICENCES).open).toEqual([]);
});

it("runs no script of a package that is installed", () => {
  const npmrc = readFileSync(fileURLToPath(new URL("../.npmrc", import.meta.url)), "utf8");
  expect(npmrc.split("\n")).toContain("ignore-scripts=true");
});
