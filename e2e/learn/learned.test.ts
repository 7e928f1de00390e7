import { describe, expect, it } from "vitest";
import { learned } from "@/e2e/learn/learned";
import { leavesAt, madeUpConfig, numbering, runsFor } from "@/e2e/learn/made-up";
import { lostPlaces } from "@/e2e/learn/schema-places";
import { asRelease, intoFile } from "@/e2e/learn/write";
import type { ConfigPath, Json } from "@/lib/text/json5/types";
import { applyEdit, isJsonArray, isJsonObject, valueAt } from "@/lib/text/json5/value";

const text = { type: "string" };
const number = { type: "integer", minimum: 0 };
const flag = { type: "boolean" };
const object = (properties: Record<string, Json>) => ({
  type: "object",
  properties,
  additionalProperties: false,
});
const record = (additionalProperties: Json) => ({ type: "object", additionalProperties });

const OLDER: Json = object({
  meta: object({ touchedAt: text, version: text }),
  search: object({
    on: flag,
    mode: { enum: ["hot", "hybrid", "off"] },
    limits: object({ depth: number, width: number }),
    engine: { const: "old-engine" },
    kind: { const: "plain" },
    query: object({ maxResults: number, fuzzy: flag }),
  }),
  servers: record(object({ url: text, timeout: number })),
  voice: object({ enabled: flag, provider: text, tags: { type: "array", items: text } }),
  paths: { type: "array", items: object({ path: text }) },
  agents: object({
    defaults: object({ heartbeat: object({ chatty: flag, every: text }) }),
    list: { type: "array", items: object({ id: text, heartbeat: object({ chatty: flag }) }) },
  }),
  left: text,
});
const NEWER: Json = object({
  meta: object({ version: text }),
  search: object({ on: flag, mode: { enum: ["hybrid", "off"] }, executor: text }),
  servers: record(object({ url: text, timeoutMs: number })),
  tts: object({ auto: { enum: ["always", "off"] }, provider: text, tags: { type: "array" } }),
  memory: object({ maxResults: number, extraPaths: { type: "array", items: text } }),
  agents: object({
    defaults: object({ heartbeat: object({ every: text }) }),
    entries: record(object({ heartbeat: object({}) })),
  }),
});

/** As a release's own doctor would. */
function doctor(given: Json): Json {
  const at = (path: ConfigPath) => valueAt(given, path);
  let now = given;
  const remove = (...path: ConfigPath) => {
    now = applyEdit(now, { op: "remove", path }) ?? now;
  };
  const set = (path: ConfigPath, value: Json) => {
    now = applyEdit(now, { op: "set", path, value }) ?? now;
  };
  remove("meta", "touchedAt");
  if (at(["search", "mode"]) === "hot") set(["search", "mode"], "hybrid");
  remove("search", "limits");
  if (at(["search", "engine"])) set(["search", "executor"], "old");
  remove("search", "engine");
  remove("search", "kind");
  set(["memory", "maxResults"], at(["search", "query", "maxResults"]) ?? null);
  remove("search", "query");
  set(["servers", "made-up", "timeoutMs"], Number(at(["servers", "made-up", "timeout"])) * 1000);
  remove("servers", "made-up", "timeout");
  set(["tts", "auto"], at(["voice", "enabled"]) === true ? "always" : "off");
  set(["tts", "provider"], at(["voice", "provider"]) ?? null);
  set(["tts", "tags"], at(["voice", "tags"]) ?? null);
  remove("voice");
  const paths = at(["paths"]);
  const plain = isJsonArray(paths) ? paths.map((one) => valueAt(one, ["path"]) ?? null) : [];
  set(["memory", "extraPaths"], ["~/notes", ...plain]);
  remove("paths");
  remove("agents", "defaults", "heartbeat", "chatty");
  const list = at(["agents", "list"]);
  for (const agent of isJsonArray(list) ? list : []) {
    set(["agents", "entries", String(valueAt(agent, ["id"]))], { heartbeat: {} });
  }
  remove("agents", "list");
  return now;
}

function recording() {
  const numbers = numbering();
  const leaves = lostPlaces(OLDER, NEWER).flatMap(({ path, values }) =>
    leavesAt(OLDER, path, values, numbers),
  );
  const runs = Array.from({ length: runsFor(numbers.few()) }, (_, run) => {
    const given = madeUpConfig(OLDER, leaves, run);
    return { given, after: doctor(given) };
  });
  return { older: OLDER, newer: NEWER, runs };
}

describe("what a doctor makes of made-up values", () => {
  const told = learned(recording());

  it("is told as rules: gone, moved, in other words, so many times as much", () => {
    const rules = Object.fromEntries(
      told.rules.map(({ path, ...rest }) => [path.join("."), { ...rest }]),
    );
    expect(rules).toEqual({
      "meta.touchedAt": {},
      "search.mode": { values: [["hot", "hybrid"]] },
      "search.limits": {},
      "search.engine": { to: ["search", "executor"], values: [["old-engine", "old"]] },
      "search.kind": {},
      "search.query.maxResults": { to: ["memory", "maxResults"] },
      "search.query": {},
      "servers.*.timeout": { to: ["servers", "*", "timeoutMs"], factor: 1000 },
      "voice.enabled": {
        to: ["voice", "auto"],
        values: [
          [false, "off"],
          [true, "always"],
        ],
      },
      voice: { to: ["tts"] },
      "agents.defaults.heartbeat.chatty": {},
      "agents.list.*.heartbeat.chatty": {},
    });
  });

  it("is open where a value becomes part of another, or stays", () => {
    expect(told.open).toEqual(["left: left by doctor", "paths.*.path: part of memory.extraPaths"]);
  });

  it("is one file, a release after the other, each once, with like places together", () => {
    const release = asRelease("2026.9.6", "2026.9.5", told);
    const older = { ...release, release: "2026.8.1", before: "2026.7.1" };
    const file = intoFile(intoFile(intoFile("[]", release), older), release);
    expect(JSON.parse(file)).toEqual([older, release]);
    expect(release.keys).toContainEqual({
      in: ["agents.defaults", "agents.list.*"],
      gone: ["heartbeat.chatty"],
    });
    expect(release.keys).toContainEqual({
      in: ["servers"],
      changed: [{ key: "*.timeout", to: ".*.timeoutMs", factor: 1000 }],
    });
    const path = ["agents", "entries", "*", "heartbeat", "chatty"];
    const byName = asRelease("2026.9.6", "2026.9.5", { rules: [{ path }], open: [] });
    expect(byName.keys).toEqual([{ in: ["agents.entries.*"], gone: ["heartbeat.chatty"] }]);
    expect(file).toContain(`\n          {"key":"*.timeout","to":".*.timeoutMs","factor":1000}\n`);
  });
});

it("the values of no two places are the same in all runs, and each place has both of two", () => {
  const schema = object(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`k${i}`, flag])));
  const numbers = numbering();
  const leaves = lostPlaces(schema, object({ k0: flag })).flatMap(({ path, values }) =>
    leavesAt(schema, path, values, numbers),
  );
  const runs = Array.from({ length: runsFor(numbers.few()) }, (_, run) => run);
  const series = leaves.map(({ valueIn }) => runs.map((run) => (valueIn(run) === true ? 1 : 0)));
  const opposite = series.map((one) => one.map((bit) => 1 - bit).join(""));
  const all = series.map((one) => one.join(""));
  expect(new Set([...all, ...opposite]).size).toBe(leaves.length * 2);
  expect(all.every((one) => one.includes("0") && one.includes("1"))).toBe(true);
});

it("agents that both list are compared where they are", () => {
  const listed = (own: Record<string, Json>) =>
    object({ agents: object({ list: { type: "array", items: object({ id: text, ...own }) } }) });
  expect(lostPlaces(listed({ on: flag, llm: text }), listed({ on: flag }))).toEqual([
    { path: ["agents", "list", "*", "llm"], values: null },
  ]);
});

it("what is needed around a made-up value is filled in as the schema asks", () => {
  const route = {
    ...object({ kind: { const: "route" }, to: text, match: flag }),
    required: ["kind", "to"],
  };
  const other = { ...object({ kind: { const: "other" }, at: number }), required: ["kind", "at"] };
  const schema = object({ rules: { type: "array", items: { anyOf: [other, route] } } });
  const numbers = numbering();
  const leaves = leavesAt(schema, ["rules", "*", "match"], null, numbers);
  const config = madeUpConfig(schema, leaves, 0);
  const rule = valueAt(config, ["rules", 0]);
  expect(isJsonObject(rule) && rule).toMatchObject({ kind: "route", match: expect.any(Boolean) });
  expect(rule).toHaveProperty("to");
});
