import path from "node:path";
import fc from "fast-check";
import JSON5 from "json5";
import { describe, expect, it } from "vitest";
import { type ConfigFiles, resolveConfig } from "@/lib/openclaw/config/include";
import { editResolvedConfig, locateEdit } from "@/lib/openclaw/config/include-edit";
import { Tape } from "@/lib/text/json5/testing/document.arbitrary";
import type { ConfigEdit, ConfigPath, Json } from "@/lib/text/json5/types";
import { applyEdit, sameJson } from "@/lib/text/json5/value";

const RUNS = Number(process.env["ENDURANCE_RUNS"] ?? 1500);
const DIR = path.resolve("/home/claw/.openclaw");
const at = (name: string): string => path.resolve(DIR, name);

/** A config in memory; the first file is the main one. */
function config(texts: Record<string, string>, more: Partial<ConfigFiles> = {}): ConfigFiles {
  const files = new Map(Object.entries(texts).map(([name, text]) => [at(name), text]));
  const read = (file: string): Uint8Array | null => {
    const text = files.get(file);
    return text === undefined ? null : new TextEncoder().encode(text);
  };
  return { root: at("openclaw.json"), read, ...more };
}

function value(files: ConfigFiles): Json {
  const result = resolveConfig(files);
  if (!result.ok) throw new Error(`${result.error.code}`);
  return result.value.value;
}
function problem(files: ConfigFiles): string {
  const result = resolveConfig(files);
  if (result.ok) throw new Error("resolved");
  const { error } = result;
  const detail = error.code === "config-unparsable" ? error.error.code : error.include;
  return `${error.code} ${path.basename(error.file)} ${detail}`;
}

const dotted = (text: string): ConfigPath => text.split(".");
const set = (text: string, to: Json): ConfigEdit => ({ op: "set", path: dotted(text), value: to });
const remove = (text: string): ConfigEdit => ({ op: "remove", path: dotted(text) });

/** The texts that change, by file name, or the refusal. */
function edited(files: ConfigFiles, ...edits: ConfigEdit[]): Record<string, string> | string {
  const result = editResolvedConfig(files, edits);
  if (result.ok) {
    return Object.fromEntries([...result.value.texts].map(([f, t]) => [path.relative(DIR, f), t]));
  }
  const { error } = result;
  return `${error.code}: ${"detail" in error ? error.detail : ""}`;
}

describe("resolveConfig", () => {
  it("puts a config together: one file, several, keys beside", () => {
    const files = config({
      "openclaw.json": `{ gateway: { port: 1 }, agents: { $include: './agents.json5' },
        broadcast: { $include: ['a.json', 'sub/b.json'], y: 3, list: ['own'] } }`,
      "agents.json5": "{ list: [{ $include: './sub/one.json5' }, 2] }",
      "sub/one.json5": "{ id: 'one', extra: { $include: '../a.json' } }",
      "a.json": '{"x": 1, "y": 1, "list": ["a"], "deep": {"p": 1}}',
      "sub/b.json": '\uFEFF{"y": 2, "list": ["b"], "deep": {"q": 2}}',
    });
    const a = { x: 1, y: 1, list: ["a"], deep: { p: 1 } };
    expect(value(files)).toEqual({
      gateway: { port: 1 },
      agents: { list: [{ id: "one", extra: a }, 2] },
      broadcast: { x: 1, y: 3, list: ["a", "b", "own"], deep: { p: 1, q: 2 } },
    });
    const result = resolveConfig(files);
    expect(result.ok && result.value.files.map((file) => path.relative(DIR, file.path))).toEqual([
      "openclaw.json",
      "agents.json5",
      "sub/one.json5",
      "a.json",
      "sub/b.json",
    ]); // in the order of reading
  });

  it("lets an included file be a list or a scalar", () => {
    expect(
      value(config({ "openclaw.json": "{a: {$include: 'l'}}", l: "[1, {$include: 's'}]", s: "5" })),
    ).toEqual({ a: [1, 5] });
  });

  it("takes a missing or blank main file as empty", () => {
    expect(value(config({}))).toEqual({});
    expect(value(config({ "openclaw.json": " \n" }))).toEqual({});
  });

  it("drops keys that would reach a prototype", () => {
    const files = config({
      "openclaw.json": "{$include: ['a', 'a'], __proto__: {z: 1}}",
      a: '{"__proto__": {"y": 1}, "constructor": 1, "b": 1}',
    });
    const result = value(files);
    expect(Object.keys(result as object)).toEqual(["b"]);
    expect((result as { y?: number; z?: number }).y).toBeUndefined();
  });

  it.each([
    [
      "a missing file",
      { "openclaw.json": "{$include: './no'}" },
      "include-missing openclaw.json ./no",
    ],
    [
      "a file that is no JSON5",
      { "openclaw.json": "{$include: 'a'}", a: "{a: `x`}" },
      "config-unparsable a template-literal",
    ],
    [
      "a main file that is no JSON5",
      { "openclaw.json": "{" },
      "config-unparsable openclaw.json syntax",
    ],
    [
      "a circle",
      { "openclaw.json": "{$include: 'a'}", a: "{b: {$include: './openclaw.json'}}" },
      "include-circular a ./openclaw.json",
    ],
    [
      "a path outside",
      { "openclaw.json": "{$include: '../x'}" },
      "include-outside openclaw.json ../x",
    ],
    [
      "an absolute path outside",
      { "openclaw.json": "{$include: '/etc/passwd'}" },
      "include-outside openclaw.json /etc/passwd",
    ],
    ["a number", { "openclaw.json": "{$include: 5}" }, "include-invalid openclaw.json 5"],
    [
      "a number in a list",
      { "openclaw.json": "{$include: ['a', 7]}", a: "{}" },
      "include-invalid openclaw.json 7",
    ],
    [
      "keys beside a list",
      { "openclaw.json": "{a: {$include: 'a', b: 1}}", a: "[]" },
      "include-invalid openclaw.json a",
    ],
    [
      "an object",
      { "openclaw.json": "{$include: {a: 1}}" },
      'include-invalid openclaw.json {"a":1}',
    ],
  ] as const)("refuses %s", (_, texts, expected) => {
    expect(problem(config(texts))).toBe(expected);
  });

  it("goes ten levels deep and no further", () => {
    const chain = (levels: number) =>
      config(
        Object.fromEntries(
          Array.from({ length: levels + 1 }, (_, i) => [
            i === 0 ? "openclaw.json" : `f${i}`,
            i < levels ? `{$include: 'f${i + 1}'}` : "{end: 1}",
          ]),
        ),
      );
    expect(value(chain(10))).toEqual({ end: 1 });
    expect(problem(chain(11))).toBe("include-too-deep f10 f11");
  });

  it("ends when every level includes the next many times", () => {
    const texts = Object.fromEntries(
      Array.from({ length: 10 }, (_, i) => [
        i === 0 ? "openclaw.json" : `f${i}`,
        `{$include: [${`'f${i + 1}',`.repeat(9)}]}`,
      ]),
    );
    expect(problem(config({ ...texts, f10: "{}" }))).toMatch(/^include-too-deep/);
  });

  it("follows links before it allows a path, and knows further directories", () => {
    const texts = { "openclaw.json": "{$include: './link'}", link: "{a: 1}" };
    const realPath = (file: string): string => (file === at("link") ? "/etc/secret" : file);
    expect(problem(config(texts, { realPath }))).toBe("include-outside openclaw.json ./link");
    expect(value(config(texts, { realPath, allowedRoots: ["/etc"] }))).toEqual({ a: 1 });
    const outside = { "openclaw.json": "{$include: '../shared/x'}", "../shared/x": "{a: 1}" };
    expect(value(config(outside, { allowedRoots: [at("../shared")] }))).toEqual({ a: 1 });
    expect(value(config(outside, { confined: false }))).toEqual({ a: 1 });
  });

  it("refuses an included file over two mebibytes", () => {
    const texts = { "openclaw.json": "{$include: 'a'}", a: `{}${" ".repeat(2 * 1024 * 1024)}` };
    expect(problem(config(texts))).toBe("include-too-large openclaw.json a");
  });
});

describe("editResolvedConfig", () => {
  const texts = {
    "openclaw.json":
      "{\n  gateway: { port: 1 }, // mine\n  agents: { $include: './agents.json5' },\n}\n",
    "agents.json5": "// agents\n{\n  defaults: { model: 'x' },\n}\n",
  };

  it("edits the file that holds the key, and only that", () => {
    expect(edited(config(texts), set("agents.defaults.model", "y"))).toEqual({
      "agents.json5": "// agents\n{\n  defaults: { model: 'y' },\n}\n",
    });
    expect(edited(config(texts), set("agents.list", []), set("gateway.port", 2))).toEqual({
      "agents.json5": "// agents\n{\n  defaults: { model: 'x' },\n  list: [],\n}\n",
      "openclaw.json": texts["openclaw.json"].replace("port: 1", "port: 2"),
    });
    expect(edited(config(texts), set("agents.defaults.model", "x"))).toEqual({});
  });

  it("creates the main file when there is none", () => {
    expect(edited(config({}), set("gateway.mode", "local"))).toEqual({
      "openclaw.json": '{\n  "gateway": {\n    "mode": "local"\n  }\n}\n',
    });
  });

  it("replaces and removes what an include brings as a whole", () => {
    expect(edited(config(texts), set("agents", { a: 1 }))).toEqual({
      "agents.json5": "// agents\n{\n  a: 1,\n}\n",
    });
    expect(edited(config(texts), remove("agents"))).toEqual({
      "openclaw.json": "{\n  gateway: { port: 1 }, // mine\n}\n",
    });
  });

  it("edits the layer that wins, and adds new keys beside the include", () => {
    const layered = {
      "openclaw.json": "{ $include: ['a', 'b'], top: 1 }",
      a: "{ x: 1, o: { p: 1 } }",
      b: "{ x: 2, o: { q: 1 } }",
    };
    expect(edited(config(layered), set("x", 3))).toEqual({ b: "{ x: 3, o: { q: 1 } }" });
    expect(edited(config(layered), set("o.p", 3))).toEqual({ a: "{ x: 1, o: { p: 3 } }" });
    expect(edited(config(layered), set("o.r", 3))).toEqual({ b: "{ x: 2, o: { q: 1, r: 3 } }" });
    expect(edited(config(layered), set("top", 3))).toEqual({
      "openclaw.json": "{ $include: ['a', 'b'], top: 3 }",
    });
    expect(edited(config(layered), set("new", 3))).toEqual({
      "openclaw.json": "{ $include: ['a', 'b'], top: 1, new: 3 }",
    });
    const pair = { ...layered, "openclaw.json": "{ $include: ['a', 'b'] }" };
    expect(edited(config(pair), set("new", 3))).toEqual({
      "openclaw.json": "{ $include: ['a', 'b'], new: 3 }",
    });
    const pure = { ...layered, "openclaw.json": "{ $include: 'a' }" };
    expect(edited(config(pure), set("new", 3))).toEqual({ a: "{ x: 1, o: { p: 1 }, new: 3 }" });
  });

  it("says where an edit would go", () => {
    expect(locateEdit(config(texts), set("agents.defaults.model", 1))).toEqual({
      ok: true,
      value: { file: at("agents.json5"), path: ["defaults", "model"] },
    });
    expect(locateEdit(config(texts), set("gateway.bind", 1))).toEqual({
      ok: true,
      value: { file: at("openclaw.json"), path: ["gateway", "bind"] },
    });
  });

  const merged = {
    "openclaw.json": "{ a: { $include: ['x', 'y'] } }",
    x: "{ l: [1], o: { p: 1 }, s: 1 }",
    y: "{ l: [2], o: { q: 1 }, s: 2 }",
  };
  it.each([
    [
      "a list joined from files",
      set("a.l", [3]),
      "include: the value is put together from several places",
    ],
    [
      "an item of such a list",
      { op: "set", path: ["a", "l", 1], value: 3 } as const,
      "include: the list is joined from several files",
    ],
    [
      "an object merged from files",
      set("a.o", { z: 1 }),
      "include: the value is put together from several places",
    ],
    ["removing a key that several files set", remove("a.s"), "include: several files set this key"],
    ["a scalar in the way", set("a.s.t", 1), "parent-not-object: not a container"],
  ])("refuses %s", (_, edit, expected) => {
    expect(edited(config(merged), edit)).toBe(expected);
  });

  it("refuses a file that is used in two places", () => {
    const shared = {
      "openclaw.json": "{ a: { $include: 's' }, b: { $include: 's' } }",
      s: "{ x: 1 }",
    };
    expect(edited(config(shared), set("a.x", 2))).toBe(
      "include: the value is put together from several places",
    );
  });

  it("refuses a file outside the config's directory", () => {
    const outside = { "openclaw.json": "{ $include: '../o/x' }", "../o/x": "{ a: 1 }" };
    const files = config(outside, { allowedRoots: [at("../o")] });
    expect(edited(files, set("a", 2))).toBe("include: the file is outside the config's directory");
    const linked = config(
      { "openclaw.json": "{ $include: 'l' }", l: "{ a: 1 }" },
      {
        realPath: (file) => (file === at("l") ? "/mnt/l" : file),
        allowedRoots: ["/mnt"],
      },
    );
    expect(edited(linked, set("a", 2))).toBe("include: the file is outside the config's directory");
  });

  it(
    "random files: the whole means what was intended, or nothing changes",
    () => {
      let done = 0;
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200, size: "max" }), (bytes) => {
          const tape = new Tape(bytes);
          const names = ["a", "b", "c", "d"];
          // A file includes only later ones, so that there are no circles.
          const object = (level: number, depth: number): Record<string, Json> => {
            const keys = Array.from({ length: tape.below(4) }, () =>
              tape.pick(["k", "l", "m", "n"]),
            );
            const members = keys.map((key): [string, Json] => [key, node(level, depth + 1)]);
            const later = names.slice(level);
            const include = later.length > 0 && tape.below(3) === 1;
            const one = (): string => tape.pick(later as [string, ...string[]]);
            const wanted = include
              ? tape.oneIn(2)
                ? [one(), one()].slice(tape.below(2))
                : one()
              : [];
            return Object.fromEntries(include ? [["$include", wanted], ...members] : members);
          };
          const node = (level: number, depth: number): Json => {
            const kind = tape.below(depth < 3 ? 4 : 2);
            if (kind >= 2) return object(level, depth);
            return kind === 0 ? tape.below(9) : [tape.below(9)];
          };
          const files = config(
            Object.fromEntries(
              ["openclaw.json", ...names].map((name, i) => [
                name,
                JSON5.stringify(object(i, 0), null, tape.pick(["", "  "])),
              ]),
            ),
          );
          const before = resolveConfig(files);
          if (!before.ok) {
            expect(before.error.code).toBe("include-invalid");
            return;
          }
          const target = Array.from({ length: 1 + tape.below(3) }, () =>
            tape.pick(["k", "l", "m", "n", "x"]),
          );
          const edit: ConfigEdit = tape.oneIn(3)
            ? { op: "remove", path: target }
            : {
                op: "set",
                path: target,
                value: tape.pick<Json>([1, "s", { y: 2 }, [3]] as [Json, ...Json[]]),
              };
          const result = editResolvedConfig(files, [edit]);
          if (!result.ok) {
            const codes = ["include", "parent-not-object", "bad-path"];
            expect(codes).toContain(result.error.code);
            return;
          }
          const after = value({
            ...files,
            read: (file) => {
              const text = result.value.texts.get(file);
              return text === undefined ? files.read(file) : new TextEncoder().encode(text);
            },
          });
          const intended = applyEdit(before.value.value, edit);
          expect(intended !== undefined && sameJson(after, intended)).toBe(true);
          expect(result.value.texts.size).toBeLessThanOrEqual(1);
          done += 1;
        }),
        { numRuns: RUNS },
      );
      expect(done).toBeGreaterThan(RUNS * 0.4);
    },
    60_000 + RUNS * 20,
  );
});
