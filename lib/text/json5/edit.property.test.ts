import fc from "fast-check";
import JSON5 from "json5";
import { describe, expect, it, vi } from "vitest";
import { editConfig } from "@/lib/text/json5/edit";
import {
  type Document,
  type Placed,
  printDocument,
  randomKey,
  randomValue,
  Tape,
} from "@/lib/text/json5/testing/document.arbitrary";
import type { ConfigEdit, ConfigPath, Json } from "@/lib/text/json5/types";

const RUNS = Number(process.env["ENDURANCE_RUNS"] ?? 1500);
const TIMEOUT = 60_000 + RUNS * 20;
const tapes = fc.uint8Array({ maxLength: 1200, size: "max" });

// json5 warns of U+2028 in strings, which these documents are full of.
vi.spyOn(console, "warn").mockImplementation(() => undefined);

/** Run a property that says whether it came as far as an edit; most documents must. */
function check(property: (document: Document, tape: Tape) => boolean): void {
  let edited = 0;
  fc.assert(
    fc.property(tapes, tapes, (bytes, more) => {
      if (property(printDocument(new Tape(bytes)), new Tape(more))) edited += 1;
    }),
    { numRuns: RUNS },
  );
  if (process.env["ENDURANCE_RUNS"]) {
    const name = expect.getState().currentTestName ?? "";
    process.stdout.write(
      `${name}: ${RUNS} configs, ${edited} edited, ${RUNS - edited} refused or nothing to edit, none damaged\n`,
    );
  }
  expect(edited).toBeGreaterThan(RUNS * 0.25);
}

/** The intended meaning, worked out on a fresh parse by means of its own. */
function intended(text: string, edit: ConfigEdit): unknown {
  const root: unknown = { root: JSON5.parse(text) };
  let holder = root as Record<string, unknown>;
  const parts = ["root", ...edit.path.map(String)];
  const last = parts.pop() as string;
  for (const part of parts) {
    if (!Object.hasOwn(holder, part)) define(holder, part, {});
    holder = holder[part] as Record<string, unknown>;
  }
  if (edit.op === "set") define(holder, last, edit.value);
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
  return (root as { root: unknown }).root;
}

function define(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** Equal in meaning, own `__proto__` keys and -0 included. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`);
    return `{${members.sort().join()}}`;
  }
  return Object.is(value, -0)
    ? "-0"
    : typeof value === "string"
      ? JSON.stringify(value)
      : String(value);
}

/** What the document says must be refused; null when the edit must work. */
function expectedRefusal(spots: readonly Placed[], inserted: Placed | null): string | null {
  for (const spot of spots) {
    const twins = spot.parent?.children.filter((other) => samePath(other.path, spot.path)) ?? [];
    if (twins.length > 1) return "duplicate-key";
  }
  const include = inserted?.children.some((child) => child.path.at(-1) === "$include");
  return include ? "include" : null;
}

function samePath(a: ConfigPath, b: ConfigPath): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}

function lineage(spot: Placed | null): Placed[] {
  return spot === null ? [] : [spot, ...lineage(spot.parent)];
}

/** Apply and check the meaning; null when it was refused as it should be. */
function applied(document: Document, edit: ConfigEdit, refusal: string | null): string | null {
  const result = editConfig(document.text, [edit]);
  if (!result.ok || refusal !== null) {
    expect(result.ok ? "ok" : result.error.code).toBe(refusal);
    return null;
  }
  expect(canonical(JSON5.parse(result.value))).toBe(canonical(intended(document.text, edit)));
  const again = editConfig(result.value, [edit]);
  // A second removal beside $include is refused: the key may come from the included file.
  if (edit.op === "set" || again.ok) expect(again).toEqual({ ok: true, value: result.value });
  else expect(again.error.code).toBe("include");
  return result.value;
}

function commentsIn(document: Document, start: number, end: number): string[] {
  return document.comments
    .filter((comment) => comment.start >= start && comment.end <= end)
    .map((comment) => document.text.slice(comment.start, comment.end));
}

/** The text starts and ends with these parts of the original; what stands between them. */
function between(document: Document, result: string, start: number, end: number): string {
  const head = document.text.slice(0, start);
  const tail = document.text.slice(end);
  expect(result.slice(0, head.length)).toBe(head);
  const rest = result.slice(head.length);
  expect(rest.slice(rest.length - tail.length)).toBe(tail);
  return rest.slice(0, rest.length - tail.length);
}

function expectInOrder(text: string, parts: readonly string[]): void {
  let at = 0;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    expect(found).toBeGreaterThanOrEqual(at);
    at = found + part.length;
  }
}

function choose(document: Document, tape: Tape, kinds: readonly Placed["kind"][]): Placed {
  const fitting = document.values.filter((value) => kinds.includes(value.kind));
  return fitting[tape.below(fitting.length)] as Placed;
}

describe("any JSON5 document", () => {
  it("replaced value: only its own bytes change", { timeout: TIMEOUT }, () => {
    check((document, tape) => {
      const spot = choose(document, tape, ["scalar", "object", "array"]);
      const value = spot.parent === null ? { a: randomValue(tape) } : randomValue(tape);
      const edit: ConfigEdit = { op: "set", path: spot.path, value };
      const result = applied(document, edit, expectedRefusal(lineage(spot), null));
      if (result !== null) between(document, result, spot.start, spot.end);
      return result !== null;
    });
  });

  it("equal value: no byte changes", { timeout: TIMEOUT }, () => {
    check((document, tape) => {
      const spot = choose(document, tape, ["scalar", "object", "array"]);
      if (expectedRefusal(lineage(spot), null) !== null) return false;
      let value = JSON5.parse(document.text) as Json;
      for (const part of spot.path) value = (value as Record<string, Json>)[part] as Json;
      const result = editConfig(document.text, [{ op: "set", path: spot.path, value }]);
      expect(result).toEqual({ ok: true, value: document.text });
      return true;
    });
  });

  it("new member or item: all other bytes stay, in place", { timeout: TIMEOUT }, () => {
    check((document, tape) => {
      const holder = choose(document, tape, ["object", "array"]);
      const isArray = holder.kind === "array";
      const key = isArray ? holder.children.length : randomKey(tape);
      const deeper = tape.oneIn(3) ? [randomKey(tape), randomKey(tape)] : [];
      const taken = holder.children.some((child) => child.path.at(-1) === key);
      if (taken) return false;
      const path = [...holder.path, key, ...deeper];
      const edit: ConfigEdit = { op: "set", path, value: randomValue(tape) };
      const result = applied(document, edit, expectedRefusal(lineage(holder), holder));
      if (result === null) return false;
      const from = holder.children.at(-1)?.end ?? holder.start + 1;
      const middle = between(document, result, from, holder.end - 1);
      expectInOrder(middle, commentsIn(document, from, holder.end));
      return true;
    });
  });

  it("removed member or item: only it, its comma and its comment go", { timeout: TIMEOUT }, () => {
    check((document, tape) => {
      const spot = choose(document, tape, ["scalar", "object", "array"]);
      const { parent } = spot;
      if (parent === null) return false;
      const edit: ConfigEdit = { op: "remove", path: spot.path };
      const refusal = expectedRefusal(lineage(spot), null);
      // Removing an item moves the next one up, so the edit is not idempotent there.
      const result =
        parent.kind === "array" && refusal === null
          ? removedItem(document, edit)
          : applied(document, edit, refusal);
      if (result === null) return false;
      const index = parent.children.indexOf(spot);
      const from = parent.children[index - 1]?.end ?? parent.start + 1;
      const to = parent.children[index + 1]?.entryStart ?? parent.end - 1;
      const middle = between(document, result, from, to);
      const kept = document.comments.filter(
        (comment) =>
          (comment.start >= from && comment.end <= spot.entryStart) ||
          (comment.start >= spot.end && comment.end <= to && !onLineOf(document, spot, comment)),
      );
      expectInOrder(
        middle,
        kept.map(({ start, end }) => document.text.slice(start, end)),
      );
      return true;
    });
  });

  it("removed, then set again: the meaning is back", { timeout: TIMEOUT }, () => {
    check((document, tape) => {
      const spot = choose(document, tape, ["scalar", "object"]);
      if (spot.parent?.kind !== "object" || expectedRefusal(lineage(spot), spot.parent))
        return false;
      let value = JSON5.parse(document.text) as Json;
      for (const part of spot.path) value = (value as Record<string, Json>)[part] as Json;
      const result = editConfig(document.text, [
        { op: "remove", path: spot.path },
        { op: "set", path: spot.path, value },
      ]);
      expect(canonical(JSON5.parse(result.ok ? result.value : "null"))).toBe(
        canonical(JSON5.parse(document.text)),
      );
      return true;
    });
  });

  it("several edits: what none of them touched stays", { timeout: TIMEOUT }, () => {
    check((document, tape) => {
      const edits = Array.from({ length: 1 + tape.below(4) }, (): ConfigEdit => {
        const spot = choose(document, tape, ["scalar", "object", "array"]);
        const path = tape.oneIn(3) ? [...spot.path, randomKey(tape)] : spot.path;
        return tape.oneIn(4) || path.length === 0
          ? { op: "remove", path: [...path, "nowhere"] }
          : { op: "set", path, value: randomValue(tape) };
      });
      const result = editConfig(document.text, edits);
      if (!result.ok) {
        expect(result.error.code).not.toBe("not-faithful");
        expect(result.error.code).not.toBe("unparsable");
        return false;
      }
      const untouched = document.values[0]?.children.filter(
        (child) => !edits.some((edit) => edit.path[0] === child.path[0]),
      );
      expectInOrder(
        result.value,
        (untouched ?? []).map((child) => document.text.slice(child.entryStart, child.end)),
      );
      return true;
    });
  });

  it("strict JSON stays strict JSON", { timeout: TIMEOUT }, () => {
    check((document, tape) => {
      const text = JSON.stringify(JSON5.parse(document.text), null, tape.pick([2, 0, 4, "\t"]));
      const value = JSON.parse(JSON.stringify(randomValue(tape))) as Json;
      const result = editConfig(text, [{ op: "set", path: [`${randomKey(tape)}!`], value }]);
      const parsed: unknown = result.ok ? JSON.parse(result.value) : result.error.code;
      expect(parsed === "include" || typeof parsed === "object").toBe(true);
      return result.ok;
    });
  });
});

function removedItem(document: Document, edit: ConfigEdit): string {
  const result = editConfig(document.text, [edit]);
  if (!result.ok) throw new Error(result.error.code);
  expect(canonical(JSON5.parse(result.value))).toBe(canonical(intended(document.text, edit)));
  return result.value;
}

/** Whether a comment starts on the line on which the value ends, and may go with it. */
function onLineOf(document: Document, spot: Placed, comment: { start: number }): boolean {
  return !/[\n\r\u2028\u2029]/.test(document.text.slice(spot.end, comment.start));
}
