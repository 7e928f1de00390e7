/** Files of one style: after an edit they are exactly what the author of that style would have written. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editConfig } from "@/lib/text/json5/edit";
import { Tape } from "@/lib/text/json5/testing/document.arbitrary";
import type { ConfigPath, Json } from "@/lib/text/json5/types";

const RUNS = Number(process.env["ENDURANCE_RUNS"] ?? 1500);

interface Look {
  eol: string;
  unit: string;
  bare: boolean;
  quote: string;
  colon: string;
  gap: string;
  pad: string;
  comma: boolean;
}
interface Member {
  key: string;
  value: Value;
  /** Comment lines above it, and a comment behind it. */
  above: string[];
  beside: string;
}
interface Group {
  array: boolean;
  inline: boolean;
  members: Member[];
  end: string[];
}
type Value = string | number | Group;

function print(look: Look, value: Value, indent: string): string {
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return `${look.quote}${value}${look.quote}`;
  const [open, close] = value.array ? ["[", "]"] : ["{", "}"];
  if (value.members.length + value.end.length === 0) return open + close;
  const inner = indent + look.unit;
  const entries = value.members.map((member) => {
    const key = look.bare && !member.key.includes("-") ? member.key : print(look, member.key, "");
    return (value.array ? "" : key + look.colon) + print(look, member.value, inner);
  });
  if (value.inline) {
    const pad = value.array ? "" : look.pad;
    return open + pad + entries.join(`,${look.gap}`) + pad + close;
  }
  const lines = value.members.flatMap(({ above, beside }, i) => {
    const comma = i < entries.length - 1 || look.comma ? "," : "";
    return [...above, `${entries[i]}${comma}${beside}`];
  });
  const body = [...lines, ...value.end].map((line) => inner + line).join(look.eol);
  return open + look.eol + body + look.eol + indent + close;
}

function member(key: string, value: Value): Member {
  return { key, value, above: [], beside: "" };
}
function group(members: Member[], inline = false, array = false): Group {
  return { array, inline, members, end: [] };
}

/** A file that shows every habit of its style once, and then random groups. */
function randomFile(tape: Tape): Group {
  const shown = [
    member("spread", group([member("plain", "x"), member("deeper", group([member("k-0", 1)]))])),
    member("short", group([member("p", 1), member("q", 2)], true)),
    member("again", group([member("p", "x")], true)),
    member("list", group([member("", "x"), member("", "y")], false, true)),
  ];
  const file = randomGroup(tape, 0, false);
  return { ...file, array: false, members: [...shown, ...file.members] };
}

function randomGroup(tape: Tape, depth: number, inline: boolean): Group {
  const array = tape.oneIn(4);
  const members = Array.from({ length: tape.below(4) }, (_, i): Member => {
    const entry = member(
      `k${tape.oneIn(3) ? "-" : ""}${i}${depth}`,
      randomValue(tape, depth, inline),
    );
    if (inline) return entry;
    if (tape.oneIn(4)) entry.above.push("// above", "/* and more */");
    if (tape.oneIn(4)) entry.beside = tape.pick([" // beside, {", " /* beside */"]);
    return entry;
  });
  const made = group(members, inline, array);
  if (!inline && tape.oneIn(4)) made.end.push("// end");
  return made;
}

function randomValue(tape: Tape, depth: number, inline: boolean): Value {
  if (depth > 3 || tape.below(3) === 0) return tape.pick<Value>(["s", 7, "text"]);
  return randomGroup(tape, depth + 1, inline || tape.oneIn(3));
}

function randomLook(tape: Tape): Look {
  return {
    eol: tape.pick(["\n", "\r\n"]),
    unit: tape.pick(["  ", "\t", "    ", " "]),
    bare: tape.oneIn(2),
    quote: tape.pick(['"', "'"]),
    comma: tape.oneIn(2),
    ...tape.pick([
      { colon: ": ", gap: " ", pad: " " },
      { colon: ": ", gap: " ", pad: "" },
      { colon: ":", gap: "", pad: "" },
    ]),
  };
}

interface Spot {
  group: Group;
  parent: Group | null;
  path: ConfigPath;
}
function spots(root: Group, parent: Group | null = null, path: ConfigPath = []): Spot[] {
  const below = root.members.flatMap(({ key, value }, i) =>
    typeof value === "object" ? spots(value, root, [...path, root.array ? i : key]) : [],
  );
  return [{ group: root, parent, path }, ...below];
}

/** An empty group is filled as its surroundings are written. */
function settle(holder: Group, parent: Group | null): void {
  if (holder.members.length + holder.end.length === 0) holder.inline = parent?.inline ?? false;
}

/** A new entry stands after the last one, or below what an empty group has to say. */
function append(holder: Group, entry: Member): void {
  if (holder.members.length === 0) entry.above.push(...holder.end.splice(0));
  holder.members.push(entry);
}

/** The meaning of a value, and the same value as the style spreads it in a group. */
function newValue(tape: Tape, inline: boolean): { json: Json; value: Value } {
  switch (tape.below(4)) {
    case 0:
      return { json: "new", value: "new" };
    case 1:
      return { json: 42, value: 42 };
    case 2:
      return {
        json: { primary: "m", "a-b": [] },
        value: group([member("primary", "m"), member("a-b", group([], false, true))], inline),
      };
    default:
      return {
        json: [1, { z: 2 }],
        value: group([member("", 1), member("", group([member("z", 2)], inline))], inline, true),
      };
  }
}

function check(change: (tape: Tape, spot: Spot) => { path: ConfigPath; json?: Json } | null): void {
  const tapes = fc.uint8Array({ maxLength: 300, size: "max" });
  let edited = 0;
  fc.assert(
    fc.property(tapes, tapes, (bytes, more) => {
      const tape = new Tape(more);
      const look = randomLook(tape);
      const file = randomFile(new Tape(bytes));
      const head = tape.pick(["", "\uFEFF", "// head\n"]);
      const before = head + print(look, file, "") + look.eol;
      const all = spots(file);
      const spot = all[tape.below(all.length)] as Spot;
      const made = change(tape, spot);
      if (made === null) return;
      edited += 1;
      const { path, json } = made;
      const edit =
        json === undefined
          ? ({ op: "remove", path } as const)
          : ({ op: "set", path, value: json } as const);
      const after = head + print(look, file, "") + look.eol;
      expect(editConfig(before, [edit])).toEqual({ ok: true, value: after });
    }),
    { numRuns: RUNS },
  );
  expect(edited).toBeGreaterThan(RUNS * 0.4);
}

describe("a file of one style", { timeout: 60_000 + RUNS * 20 }, () => {
  it("gets a new entry in that style", () => {
    check((tape, { group: holder, parent, path }) => {
      settle(holder, parent);
      const { json, value } = newValue(tape, holder.inline);
      const key = tape.pick(["fresh", "fre-sh"]);
      append(holder, member(holder.array ? "" : key, value));
      return { path: [...path, holder.array ? holder.members.length - 1 : key], json };
    });
  });

  it("gets missing parents in that style", () => {
    check((_, { group: holder, parent, path }) => {
      if (holder.array) return null;
      settle(holder, parent);
      const { inline } = holder;
      const inner = group([member("three", "deep")], inline);
      append(holder, member("one", group([member("two", inner)], inline)));
      return { path: [...path, "one", "two", "three"], json: "deep" };
    });
  });

  it("gets a new value in that style, with the comments around it", () => {
    check((tape, { group: holder, path }) => {
      const index = tape.below(Math.max(1, holder.members.length));
      const entry = holder.members[index];
      if (entry === undefined || typeof entry.value === "object") return null;
      const { json, value } = newValue(tape, holder.inline);
      entry.value = value;
      return { path: [...path, holder.array ? index : entry.key], json };
    });
  });

  it("loses an entry with its line and the comment on it", () => {
    check((tape, { group: holder, path }) => {
      const index = tape.below(Math.max(1, holder.members.length));
      const entry = holder.members[index];
      if (entry === undefined) return null;
      const next = holder.members[index + 1];
      if (next === undefined) holder.end.unshift(...entry.above);
      else next.above.unshift(...entry.above);
      holder.members.splice(index, 1);
      return { path: [...path, holder.array ? index : entry.key] };
    });
  });
});
