/** Edits JSON5 text and leaves every other byte alone, or refuses. Time grows with text length times edits. */

import { err, ok, type Result } from "@/lib/result";
import { insertEntry, insertPrinted, replaceValue, type Splice } from "@/lib/text/json5/insert";
import { printCarried, removeEmptied, takeOut } from "@/lib/text/json5/move";
import { begunConfig, isReadAs, readJson5 } from "@/lib/text/json5/parse";
import { PLAIN_JSON, printValue } from "@/lib/text/json5/print";
import type { Container, Entry, Scan } from "@/lib/text/json5/tree";
import type { ConfigEdit, ConfigPath, EditRefusal, Json } from "@/lib/text/json5/types";
import {
  applyEdit,
  isJsonObject,
  mostEmptied,
  nest,
  sameJson,
  valueAt,
} from "@/lib/text/json5/value";

/** A config object reads other files through this key. */
export const INCLUDE_KEY = "$include";

export interface EditOptions {
  /** Counts the characters read, to measure the cost. */
  readonly meter?: { steps: number };
  /** Allows changes beside `$include` if the caller knows the included files. */
  readonly besideInclude?: boolean;
}

/** Formats like OpenClaw: two spaces and a final line ending. */
export function createConfig(value: Json): string {
  return `${printValue(value, PLAIN_JSON, "")}\n`;
}

/** Edits without effect change nothing. Text of only blanks and comments is an empty config. */
export function editConfig(
  text: string,
  edits: readonly ConfigEdit[],
  options: EditOptions = {},
): Result<string, EditRefusal> {
  if (edits.length === 0) return ok(text);
  const { meter = { steps: 0 }, besideInclude = false } = options;
  const whole = readJson5(text);
  const start = whole.ok ? text : (begunConfig(text) ?? text);
  const read = whole.ok ? whole : readJson5(start);
  if (!read.ok) {
    const { line, column, detail } = read.error;
    return refuse("unparsable", [], `${line}:${column} ${detail}`);
  }
  const untouched: State = { text: start, value: read.value.value, scan: read.value };
  let state = untouched;
  meter.steps += state.scan.steps;
  for (const edit of edits) {
    const next = step(state, edit, besideInclude);
    if (!next.ok) return next;
    if (next.value !== state) meter.steps += next.value.scan.steps;
    state = next.value;
  }
  if (state === untouched) return ok(text);
  if (!sameJson(state.scan.value, state.value, true) || !isReadAs(state.text, state.value)) {
    const path = edits.length === 1 ? (edits[0]?.path ?? []) : [];
    return refuse("not-faithful", path, "the edited text means something else");
  }
  return ok(state.text);
}

interface State {
  readonly text: string;
  readonly value: Json;
  readonly scan: Scan;
}

function refuse(code: EditRefusal["code"], path: ConfigPath, detail: string) {
  return err<EditRefusal>({ code, path, detail });
}

function step(state: State, edit: ConfigEdit, beside: boolean): Result<State, EditRefusal> {
  const spot = locate(state.scan, edit.path, beside);
  if (!spot.ok) {
    const nothingThere = edit.op !== "set" && spot.error.code === "parent-not-object";
    return nothingThere ? ok(state) : spot;
  }
  const value = applyEdit(state.value, edit);
  if (value === undefined) return refuse("bad-path", edit.path, "no such place");
  const old = valueAt(state.value, edit.path);
  const equal = edit.op === "set" ? sameValue(old, edit.value) : old === undefined;
  if (equal) return ok(state);
  if (edit.op === "move") return move(state, spot.value, edit, beside);
  if (edit.op === "remove") return remove(state, spot.value, edit, value);
  const splices = spliceFor(state, spot.value, edit);
  return splices.ok ? spliced(state, edit, value, { splices: splices.value }) : splices;
}

interface Change {
  readonly splices: readonly Splice[];
  /** Removed comments that must reappear in the result. */
  readonly moved?: readonly string[];
}

/** Applies the splices, provided the text then reads as `value` and keeps its comments. */
function spliced(
  state: State,
  { path }: ConfigEdit,
  value: Json,
  { splices, moved = [] }: Change,
): Result<State, EditRefusal> {
  const text = splice(state.text, splices);
  const read = readJson5(text);
  if (!read.ok || !keepsComments(state, splices, text, read.value, moved)) {
    return refuse("not-faithful", path, "the edited text lost its form");
  }
  return ok({ text, value, scan: read.value });
}

type RemoveEdit = Extract<ConfigEdit, { op: "remove" }>;
type MoveEdit = Extract<ConfigEdit, { op: "move" }>;

function remove(
  state: State,
  { chain, entry }: Spot,
  edit: RemoveEdit,
  value: Json,
): Result<State, EditRefusal> {
  if (entry === null) return ok(state);
  const { text, scan } = state;
  const { splices, kept } = removeEmptied(text, scan, chain, entry, mostEmptied(edit));
  return spliced(state, edit, value, { splices, moved: kept });
}

/** Moves the entry with its comments; if the target is taken, removes and sets instead. */
function move(
  state: State,
  { chain, entry }: Spot,
  edit: MoveEdit,
  beside: boolean,
): Result<State, EditRefusal> {
  if (entry === null) return ok(state);
  const emptied = mostEmptied(edit);
  const without = applyEdit(state.value, { op: "remove", path: edit.path, emptied });
  if (without === undefined) return refuse("bad-path", edit.path, "no such place");
  const { text, scan } = state;
  const isSame = sameValue(valueAt(state.value, edit.path), edit.value);
  const { splices, carried } = takeOut(text, scan, chain, entry, { emptied, isSame });
  const out = { ...state, text: splice(text, splices), value: without };
  const read = readJson5(out.text);
  if (!read.ok) return refuse("not-faithful", edit.path, "the edited text lost its form");
  const spot = locate(read.value, edit.to, beside);
  if (!spot.ok) return spot;
  const { missing } = spot.value;
  const value = applyEdit(without, { op: "set", path: edit.to, value: edit.value });
  if (value === undefined) return refuse("bad-path", edit.to, "no such place");
  if (missing.length === 0 || missing.slice(1).some((part) => typeof part === "number")) {
    const [gone, set] = [
      { op: "remove", path: edit.path, emptied },
      { ...edit, op: "set", path: edit.to },
    ] as const;
    return inSteps(state, [gone, set], beside);
  }
  const words = [...carried.above, ...carried.beside];
  const inner = isSame ? commentsIn(state, entry.value) : [];
  const put = insertPrinted(
    out.text,
    read.value,
    spot.value.chain,
    printCarried(missing, carried, edit.value),
  );
  const there = { ...out, scan: read.value };
  return spliced(there, edit, value, { splices: put, moved: [...words, ...inner] });
}

function commentsIn({ text, scan }: State, { start, end }: { start: number; end: number }) {
  return scan.comments
    .filter((one) => one.start >= start && one.end <= end)
    .map((one) => text.slice(one.start, one.end));
}

function inSteps(
  state: State,
  edits: readonly ConfigEdit[],
  beside: boolean,
): Result<State, EditRefusal> {
  let now = state;
  for (const edit of edits) {
    const next = step(now, edit, beside);
    if (!next.ok) return next;
    now = next.value;
  }
  return ok(now);
}

function sameValue(old: Json | undefined, value: Json): boolean {
  return old !== undefined && sameJson(old, value);
}

interface Spot {
  readonly chain: readonly Container[];
  readonly entry: Entry | null;
  readonly missing: ConfigPath;
}

function locate(scan: Scan, path: ConfigPath, beside: boolean): Result<Spot, EditRefusal> {
  const chain: Container[] = [];
  let node = scan.root;
  let entry: Entry | null = null;
  for (const [i, part] of path.entries()) {
    const wanted = typeof part === "number" ? "array" : "object";
    const reached = path.slice(0, i + 1);
    if (node.kind !== wanted) {
      const detail = node.kind === "scalar" ? "not a container" : `an ${node.kind}`;
      return refuse("parent-not-object", path.slice(0, i), detail);
    }
    chain.push(node);
    const found = typeof part === "number" ? node.entries.slice(part, part + 1) : named(node, part);
    if (found.length > 1) return refuse("duplicate-key", reached, `written ${found.length} times`);
    entry = found[0] ?? null;
    if (entry === null) {
      if (!beside && node.kind === "object" && named(node, INCLUDE_KEY).length > 0) {
        return refuse("include", reached, "the object takes its content from other files");
      }
      return ok({ chain, entry, missing: path.slice(i) });
    }
    node = entry.value;
  }
  return ok({ chain, entry, missing: [] });
}

function named(container: Container, key: string): Entry[] {
  return container.entries.filter((entry) => entry.key === key);
}

function spliceFor(
  state: State,
  spot: Spot,
  edit: Extract<ConfigEdit, { op: "set" }>,
): Result<Splice[], EditRefusal> {
  const { text, scan } = state;
  const { chain, entry, missing } = spot;
  const [part, ...rest] = missing;
  if (part === undefined) {
    if (entry === null && !isJsonObject(edit.value)) {
      return refuse("bad-path", edit.path, "a config is an object");
    }
    return ok(replaceValue(text, scan, chain, entry, edit.value));
  }
  const value = nest(rest, edit.value);
  if (value === undefined) return refuse("bad-path", edit.path, "no such index");
  return ok(insertEntry(text, scan, chain, typeof part === "number" ? null : part, value));
}

function splice(text: string, splices: readonly Splice[]): string {
  let result = "";
  let at = 0;
  for (const part of splices) {
    result += text.slice(at, part.start) + part.text;
    at = part.end;
  }
  return result + text.slice(at);
}

/** Whether every comment outside the splices survives in order, apart from moved ones. */
function keepsComments(
  before: State,
  splices: readonly Splice[],
  text: string,
  scan: Scan,
  moved: readonly string[],
): boolean {
  const words = (of: string, ones: Scan["comments"]) =>
    ones.map(({ start, end }) => of.slice(start, end));
  const kept = words(
    before.text,
    before.scan.comments.filter((comment) =>
      splices.every((part) => comment.end <= part.start || comment.start >= part.end),
    ),
  );
  const now = words(text, scan.comments);
  const bare = (ones: readonly string[]) => ones.map(bareWords).toSorted();
  if (moved.length > 0) return bare([...kept, ...moved]).join("\n") === bare(now).join("\n");
  return kept.length === now.length && kept.every((comment, i) => comment === now[i]);
}

function bareWords(comment: string): string {
  return comment.replace(/^\/[/*]|\*\/$/gu, "").trim();
}
