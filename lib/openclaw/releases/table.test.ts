import fc from "fast-check";
import semver from "semver";
import { describe, expect, it } from "vitest";
import { findOpenAiCredentials } from "@/lib/openclaw/credentials/found";
import { locateState } from "@/lib/openclaw/places/locate";
import { KEY_FORMS, type ReleaseEra, withFacts } from "@/lib/openclaw/releases/facts";
import { compareReleases, ERAS, eraFor, TESTED_RELEASES } from "@/lib/openclaw/releases/table";

const NEWEST = ERAS.at(-1) as ReleaseEra;
const OLDEST = ERAS[0] as ReleaseEra;
const LATEST = TESTED_RELEASES.at(-1) as string;
describe("the table", () => {
  it("has its rows in order, each beginning with a release", () => {
    for (const [index, era] of ERAS.entries()) {
      expect(semver.valid(era.since), era.since).toBe(era.since);
      const next = ERAS[index + 1];
      if (next) expect(compareReleases(era.since, next.since)).toBeLessThan(0);
    }
  });

  it("knows each row from a release that was run, and tests at least one of every row", () => {
    for (const era of ERAS) {
      expect(era.observed.length).toBeGreaterThan(0);
      for (const version of era.observed) expect(eraFor(version).era.since).toBe(era.since);
      const tested = TESTED_RELEASES.filter((version) => eraFor(version).era === era);
      expect(tested, era.since).not.toEqual([]);
    }
    expect([...TESTED_RELEASES].sort(compareReleases)).toEqual(TESTED_RELEASES);
  });

  it.each(ERAS.map((era) => [era.since, era] as const))("is whole for %s", (_, era) => {
    const refused = era.refusedKeyForms.map(({ form }) => form);
    expect([...era.keyForms, ...refused].sort()).toEqual([...KEY_FORMS].sort());
    expect(era.keyForms[0]).toBe("dotenv");
    expect(era.keyForms.includes("paste-api-key")).toBe(era.commands.pasteApiKey);
    expect(semver.validRange(era.node)).not.toBeNull();

    const refs = era.models.map(({ ref }) => ref);
    expect(new Set(refs).size).toBe(refs.length);
    for (const kind of ["apiKey", "chatgpt"] as const) {
      const model = era.models.find(({ ref }) => ref === era.defaultModel[kind]);
      expect([kind, "both"]).toContain(model?.for);
    }
    for (const [from, to] of Object.entries(era.retiredModels)) {
      expect(refs).not.toContain(from);
      expect(refs).toContain(to);
    }
    const { login } = era;
    const stored = login.kind === "doctor-import" ? login.storedProvider : login.provider;
    expect(era.defaultModel.chatgpt.split("/")[0]).toBe(stored);
    expect(era.keyForms.includes("auth-profiles-json")).toBe(login.kind === "auth-profiles-json");
  });
});

/** As npm had them on 2026-11-30. */
// biome-ignore format: a list to read, not to scroll
const BETAS = [
  "2026.2.23-beta.1", "2026.3.24-beta.2", "2026.4.29-beta.1", "2026.4.29-beta.4", "2026.4.30-beta.1",
  "2026.5.7-beta.1", "2026.5.14-beta.1", "2026.5.14-beta.2", "2026.5.16-beta.1", "2026.5.16-beta.2",
  "2026.5.16-beta.3", "2026.5.16-beta.4", "2026.5.16-beta.6", "2026.5.16-beta.7", "2026.5.18-beta.1",
  "2026.5.20-beta.1", "2026.5.30-beta.1", "2026.5.31-beta.1", "2026.5.31-beta.2", "2026.5.31-beta.3",
  "2026.5.31-beta.4", "2026.6.1-beta.1", "2026.6.1-beta.2", "2026.6.1-beta.3", "2026.6.11-beta.2",
  "2026.7.1-beta.1", "2026.7.1-beta.2", "2026.7.1-beta.4", "2026.7.1-beta.5", "2026.7.1-beta.6",
  "2026.7.2-beta.1", "2026.7.2-beta.2", "2026.7.2-beta.3", "2026.7.2-beta.4", "2026.7.2-beta.5",
  "2026.7.2-beta.6", "2026.7.2-beta.7", "2026.8.1-beta.1", "2026.8.1-beta.2", "2026.8.1-beta.3",
  "2026.9.1-beta.1",
] as const;

describe("a published preview", () => {
  it.each(BETAS)("%s has the row of the release that it leads up to, for every reader", (beta) => {
    const release = beta.replace(/-.*/u, "");
    const { era, certainty } = eraFor(beta);
    expect(era).toBe(eraFor(release).era);
    expect(certainty).toBe("between");
    // Places and credentials, by what they give for what differs between rows.
    const found = (one: string) => {
      const env = {
        HOME: "/nowhere",
        CLAWDBOT_STATE_DIR: "/old",
        OPENCLAW_STATE_DIR: "~/.openclaw",
      };
      const options = { release: one, homedir: "/nowhere", profile: "work" };
      const location = locateState(env, { ...options, platform: "linux", cwd: "/nowhere" });
      if (!location.ok) throw new Error(location.error.code);
      const key = "sk-made-up-0123456789";
      const config = {
        env: { OPENAI_API_KEY: key },
        models: { providers: { openai: { auth: "api-key", apiKey: key } } },
      };
      return [location.value, findOpenAiCredentials(location.value, config, env, options)];
    };
    expect(found(beta)).toEqual(found(release));
  });
});

it("lays facts over a row, group by group, and leaves the row as it was", () => {
  const over = withFacts(NEWEST, { node: ">=30", commands: { pasteApiKey: false } });
  expect(over).toEqual({
    ...NEWEST,
    node: ">=30",
    commands: { ...NEWEST.commands, pasteApiKey: false },
  });
  expect(NEWEST.commands.pasteApiKey).toBe(true);
  expect(structuredClone(over)).toEqual(over);
});

describe("the row of a release", () => {
  it.each([
    ["2026.2.0", "2026.2.0", "between"],
    ["2026.2.6-3", "2026.2.0", "between"],
    ["2026.2.9", "2026.2.0", "tested"],
    ["2026.3.13-1", "2026.3.13", "between"],
    ["2026.6.1-beta.2", "2026.6.1", "between"],
    ["2026.6.4", "2026.6.1", "between"],
    ["2026.6.9", "2026.6.5", "between"],
    ["2026.7.35", "2026.7.1", "between"],
    ["2026.9.6", "2026.9.6", "tested"],
    ["v2026.9.6", "2026.9.6", "tested"],
    ["2026.9.6-beta.1", "2026.9.6", "between"],
    [`${LATEST}-1`, NEWEST.since, "newer"],
    ["2099.10.1", NEWEST.since, "newer"],
    ["2099.1.0", NEWEST.since, "newer"],
    ["2026.1.24", "2026.2.0", "older"],
    ["0.4.2", "2026.2.0", "older"],
    ["", NEWEST.since, "assumed"],
    ["nightly", NEWEST.since, "assumed"],
    [null, NEWEST.since, "assumed"],
  ])("%s: %s, %s", (version, since, certainty) => {
    expect(eraFor(version)).toMatchObject({ era: { since }, certainty });
  });

  it("never goes back as releases go on, and says `newer` from the last tested one on", () => {
    const part = fc.integer({ min: 0, max: 40 });
    const release = fc
      .tuple(fc.integer({ min: 2025, max: 2027 }), part, part)
      .map((parts) => parts.join("."));
    const last = TESTED_RELEASES.at(-1) ?? "";
    fc.assert(
      fc.property(release, release, (a, b) => {
        const [first, second] = compareReleases(a, b) <= 0 ? [a, b] : [b, a];
        const [x, y] = [eraFor(first), eraFor(second)];
        expect(ERAS.indexOf(x.era)).toBeLessThanOrEqual(ERAS.indexOf(y.era));
        expect(y.certainty === "newer").toBe(compareReleases(second, last) > 0);
        if (y.certainty === "newer") expect(y.era).toBe(NEWEST);
        if (x.certainty === "older") expect(x.era).toBe(OLDEST);
      }),
    );
  });
});

it("puts a numbered repair after its release and a preview before it", () => {
  const sorted = ["2026.2.6-beta.1", "2026.2.6-beta.2", "2026.2.6", "2026.2.6-1", "2026.2.6-3"];
  expect([...sorted].reverse().sort(compareReleases)).toEqual(sorted);
  expect(compareReleases("2026.2.10", "2026.2.9")).toBeGreaterThan(0);
});
