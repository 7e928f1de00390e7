import fc from "fast-check";
import JSON5 from "json5";
import { describe, expect, it, vi } from "vitest";
import { editConfig } from "@/lib/text/json5/edit";
import {
  type Document,
  type Placed,
  printDocument,
  randomKey,
  Tape,
} from "@/lib/text/json5/testing/document.arbitrary";
import type { ConfigEdit, ConfigPath, Json } from "@/lib/text/json5/types";

const RUNS = Number(process.env["ENDURANCE_RUNS"] ?? 1500);
const TIMEOUT = 60_000 + RUNS * 20;
const tapes = fc.uint8Array({ maxLength: 1200, size: "max" });

// json5 warns of U+2028 in strings, which these documents are full of.
vi.spyOn(console, "warn").mockImplementation(() => undefined);

type Case = (document: Document, tape: Tape) => boolean;

/** Runs a property that says whether it came as far as an edit; most documents must. */
function check(property: Case): void {
  let edited = 0;
  fc.assert(
    fc.property(tapes, tapes, (bytes, more) => {
      if (property(printDocument(new Tape(bytes)), new Tape(more))) edited += 1;
    }),
    { numRuns: RUNS },
  );
  expect(edited).toBeGreaterThan(RUNS * 0.25);
}

type Holder = Record<string, unknown>;

/** The object at a path of a fresh parse. */
function holderOf(root: unknown, path: ConfigPath): Holder {
  return path.reduce<Holder>((at, part) => at[String(part)] as Holder, root as Holder);
}

/** Takes a member out, and what it leaves empty above it, `emptied` objects at most. */
function take(root: unknown, path: ConfigPath, emptied: number): ConfigPath {
  delete holderOf(root, path.slice(0, -1))[String(path.at(-1))];
  const above = path.slice(0, -1);
  const isObject = (at: unknown) => typeof at === "object" && at !== null && !Array.isArray(at);
  const isGone =
    emptied > 0 &&
    above.length > 0 &&
    Object.keys(holderOf(root, above)).length === 0 &&
    isObject(holderOf(root, above.slice(0, -1)));
  return isGone ? take(root, above, emptied - 1) : path;
}

function put(root: unknown, path: ConfigPath, value: unknown): void {
  let at = root as Holder;
  const own = { enumerable: true, configurable: true, writable: true };
  for (const part of path.slice(0, -1)) {
    const key = String(part);
    if (!Object.hasOwn(at, key)) Object.defineProperty(at, key, { value: {}, ...own });
    at = at[key] as Holder;
  }
  Object.defineProperty(at, String(path.at(-1)), { value, ...own });
}

/** Equal in meaning, own `__proto__` keys and -0 included. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`);
    return `{${members.sort().join()}}`;
  }
  if (Object.is(value, -0)) return "-0";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

const below = (path: ConfigPath, above: ConfigPath) => above.every((part, i) => path[i] === part);
const same = (a: ConfigPath, b: ConfigPath) => a.length === b.length && below(a, b);

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a removal may change something: from the entry before to the one after. */
function around(spot: Placed): Span {
  const siblings = spot.parent?.children ?? [];
  const index = siblings.indexOf(spot);
  return {
    start: siblings[index - 1]?.end ?? (spot.parent?.start ?? 0) + 1,
    end: siblings[index + 1]?.entryStart ?? (spot.parent?.end ?? 0) - 1,
  };
}

/** Where a new entry may stand, and the comma before it; what is taken away does not count as the last one. */
function behindLast(holder: Placed, gone: Placed): Span {
  const last = holder.children.findLast((one) => one !== gone);
  return { start: last?.end ?? holder.start + 1, end: holder.end - 1 };
}

/** Every byte outside these spans is there, in its order. */
function expectKept(text: string, result: string, spans: readonly Span[]): void {
  const inOrder = spans.toSorted((a, b) => a.start - b.start);
  let [from, at] = [0, 0];
  for (const { start, end } of inOrder) {
    const part = text.slice(from, Math.max(from, start));
    const found = from === 0 ? (result.startsWith(part) ? 0 : -1) : result.indexOf(part, at);
    expect(found).toBeGreaterThanOrEqual(at);
    at = found + part.length;
    from = Math.max(from, end);
  }
  expect(result.endsWith(text.slice(from))).toBe(true);
  expect(result.length - (text.length - from)).toBeGreaterThanOrEqual(at);
}

/** Refused only for what the document has written twice or takes from elsewhere. */
function expectRefusal(document: Document, code: string): void {
  expect(["duplicate-key", "include"]).toContain(code);
  const twins = document.values.some(({ children }) =>
    children.some((one) => children.some((other) => other !== one && same(one.path, other.path))),
  );
  const include = document.values.some(({ path }) => path.at(-1) === "$include");
  expect(twins || include).toBe(true);
}

function spotOf(document: Document, path: ConfigPath): Placed {
  return document.values.find((one) => same(one.path, path)) as Placed;
}

/** Whether something on the way to it is written twice. */
function hasTwin(spot: Placed): boolean {
  const isTwice = spot.parent?.children.some((one) => one !== spot && same(one.path, spot.path));
  return isTwice === true || (spot.parent !== null && hasTwin(spot.parent));
}

function members(document: Document): Placed[] {
  return document.values.filter(({ parent }) => parent?.kind === "object");
}

const isOneLine = (text: string) => !/[\n\r\u2028\u2029]/u.test(text);
/** A comment without what opens and closes it. */
const bare = (comment: string) => comment.replace(/^\/[/*]|\*\/$/gu, "").trim();

/** The comments of a text in any order, by a reader of its own: what is no string and no token. */
function commentsOf(text: string): string[] {
  const TOKEN =
    /"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|(?<comment>\/\*[\s\S]*?\*\/|\/\/[^\n\r\u2028\u2029]*)|[\s\S]/gu;
  const found = [...text.matchAll(TOKEN)].flatMap(({ groups }) => groups?.["comment"] ?? []);
  return found.map(bare).sort();
}

describe("any JSON5 document", () => {
  it("moved member: its comments go with it and every other byte stays", {
    timeout: TIMEOUT,
  }, () => {
    check((document, tape) => {
      const spots = members(document);
      const spot = spots[tape.below(spots.length)];
      const holders = document.values.filter(
        ({ kind, path }) => kind === "object" && !below(path, spot?.path ?? []),
      );
      const holder = holders[tape.below(holders.length)];
      if (!spot || !holder || hasTwin(spot) || hasTwin(holder)) return false;
      const deeper = tape.oneIn(3) ? [randomKey(tape), randomKey(tape)] : [];
      const to = [...holder.path, randomKey(tape), ...deeper];
      if (holder.children.some((child) => child.path.at(-1) === to[holder.path.length]))
        return false;
      const emptied = tape.below(3);
      const expected: unknown = JSON5.parse(document.text);
      const value = holderOf(expected, spot.path.slice(0, -1))[String(spot.path.at(-1))] as Json;
      const shared = spot.path.findIndex((part, i) => to[i] !== part);
      const most = Math.min(emptied, spot.path.length - 1 - shared);
      const edit: ConfigEdit = { op: "move", path: spot.path, to, value, emptied };
      const result = editConfig(document.text, [edit]);
      if (!result.ok) {
        expectRefusal(document, result.error.code);
        return false;
      }
      const top = spotOf(document, take(expected, spot.path, most));
      put(expected, to, value);
      expect(canonical(JSON5.parse(result.value))).toBe(canonical(expected));
      expect(commentsOf(result.value)).toEqual(commentsOf(document.text));
      expectKept(document.text, result.value, [around(top), behindLast(holder, top)]);
      return true;
    });
  });

  it("removed member: what it leaves empty goes, with no comment of it", {
    timeout: TIMEOUT,
  }, () => {
    check((document, tape) => {
      const spots = members(document);
      const spot = spots[tape.below(spots.length)];
      if (!spot || hasTwin(spot)) return false;
      const emptied = 1 + tape.below(3);
      const expected: unknown = JSON5.parse(document.text);
      const edit: ConfigEdit = { op: "remove", path: spot.path, emptied };
      const [result, alone] = [
        editConfig(document.text, [edit]),
        editConfig(document.text, [{ ...edit, emptied: 0 }]),
      ];
      if (!result.ok || !alone.ok) {
        expectRefusal(document, result.ok ? "ok" : result.error.code);
        return false;
      }
      const top = spotOf(document, take(expected, spot.path, emptied));
      expect(canonical(JSON5.parse(result.value))).toBe(canonical(expected));
      // The comment on its last line goes with an entry, as in any removal.
      const own = document.comments
        .filter(({ start }) => start >= top.end && isOneLine(document.text.slice(top.end, start)))
        .map(({ start, end }) => bare(document.text.slice(start, end)));
      const now = commentsOf(result.value);
      const missing = commentsOf(alone.value).filter((one) => !now.includes(one));
      expect(missing.filter((one) => !own.includes(one))).toEqual([]);
      expectKept(document.text, result.value, [around(top)]);
      return true;
    });
  });
});
