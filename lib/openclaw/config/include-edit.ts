/** Edits a config spread over files: each edit goes to the file that supplies its value, or nothing changes. */

import path from "node:path";
import {
  type ConfigFiles,
  childLayer,
  guarded,
  type IncludeProblem,
  isBelow,
  type Layer,
  type ResolvedConfig,
  resolveConfig,
  Sources,
} from "@/lib/openclaw/config/include";
import { err, ok, type Result } from "@/lib/result";
import { editConfig, INCLUDE_KEY } from "@/lib/text/json5/edit";
import type {
  ConfigEdit,
  ConfigPath,
  EditRefusal,
  IncludeReason,
  Json,
} from "@/lib/text/json5/types";
import {
  applyEdit,
  isJsonArray,
  isJsonObject,
  sameJson,
  valueAt,
  withoutMoves,
} from "@/lib/text/json5/value";

export interface EditTarget {
  readonly file: string;
  readonly path: ConfigPath;
}
export interface EditedConfig {
  readonly texts: ReadonlyMap<string, string>;
  readonly value: Json;
}

/** Makes each edit in the file that holds its place. */
export function editResolvedConfig(
  files: ConfigFiles,
  edits: readonly ConfigEdit[],
): Result<EditedConfig, EditRefusal | IncludeProblem> {
  const texts = new Map<string, string>();
  const overlay: ConfigFiles = {
    ...files,
    read: (file) => {
      const text = texts.get(file);
      return text === undefined ? files.read(file) : new TextEncoder().encode(text);
    },
  };
  const start = resolveConfig(overlay);
  if (!start.ok) return start;
  let value = start.value.value;
  for (const edit of edits) {
    const next = editAsFar({ files, overlay, start: start.value, texts }, value, edit);
    if (!next.ok) return next;
    value = next.value;
  }
  return ok({ texts, value });
}

interface Underway {
  readonly files: ConfigFiles;
  readonly overlay: ConfigFiles;
  readonly start: ResolvedConfig;
  readonly texts: Map<string, string>;
}

/** Falls back to separate removals and sets if the places of an edit are in different files. */
function editAsFar(
  underway: Underway,
  value: Json,
  edit: ConfigEdit,
): Result<Json, EditRefusal | IncludeProblem> {
  const plain = withoutMoves([edit]);
  const before = new Map(underway.texts);
  const whole = editAndPutTogether(underway, value, edit);
  const isPlain = edit.op === "set" || (edit.op === "remove" && !edit.emptied);
  if (whole.ok || isPlain) return whole;
  underway.texts.clear();
  for (const [file, text] of before) underway.texts.set(file, text);
  let now = value;
  for (const one of plain) {
    const next = editAndPutTogether(underway, now, one);
    if (!next.ok) return next;
    now = next.value;
  }
  return ok(now);
}

function editAndPutTogether(
  { files, overlay, start, texts }: Underway,
  value: Json,
  edit: ConfigEdit,
): Result<Json, EditRefusal | IncludeProblem> {
  const next = editOnce(overlay, value, edit);
  if (!next.ok) return next;
  const { file, text } = next.value;
  if (text !== null) {
    const names = start.files.filter((one) => realOf(files, one.path) === realOf(files, file));
    if (names.length > 1) {
      return cannot("one-file-twice", edit.path, names.map((one) => one.path).join(", "), file);
    }
    texts.set(file, text);
  }
  const again = resolveConfig(overlay);
  if (!again.ok) return again;
  if (!sameJson(again.value.value, next.value.value)) {
    const detail = "the value is put together from several places";
    return cannot("merged", edit.path, detail, file);
  }
  return ok(next.value.value);
}

/** The file that holds an edit's place, and the path inside it. */
export function locateEdit(
  files: ConfigFiles,
  edit: ConfigEdit,
): Result<EditTarget, EditRefusal | IncludeProblem> {
  const found = guarded(() => targetOf(new Sources(files), edit));
  if (!found.ok) return found;
  if (!found.value.ok) return found.value;
  const { layer, rest } = found.value.value;
  return ok({ file: layer.file.path, path: [...layer.path, ...rest] });
}

function refuse(code: EditRefusal["code"], at: ConfigPath, detail: string, file?: string) {
  return err<EditRefusal>({ code, path: at, detail, ...(file === undefined ? {} : { file }) });
}

function cannot(reason: IncludeReason, at: ConfigPath, detail: string, file?: string) {
  const refusal: EditRefusal = { code: "include", path: at, detail, reason };
  return err<EditRefusal>(file === undefined ? refusal : { ...refusal, file });
}

interface OneEdit {
  readonly file: string;
  readonly text: string | null;
  readonly value: Json;
}

function editOnce(
  files: ConfigFiles,
  value: Json,
  edit: ConfigEdit,
): Result<OneEdit, EditRefusal | IncludeProblem> {
  const old = valueAt(value, edit.path);
  const isDone =
    edit.op === "set" ? old !== undefined && sameJson(old, edit.value) : old === undefined;
  if (isDone) return ok({ file: files.root, text: null, value });
  const found = guarded(() => targetOf(new Sources(files), edit));
  if (!found.ok) return found;
  if (!found.value.ok) return found.value;
  const { layer, rest } = found.value.value;
  const file = layer.file.path;
  if (!isEditable(files, file)) {
    return cannot("outside", edit.path, "the file is outside the config's directory", file);
  }
  const at = [...layer.path, ...rest];
  const to = edit.op === "move" ? locateEdit(files, { ...edit, op: "set", path: edit.to }) : null;
  if (to && !to.ok) return to;
  if (to && to.value.file !== file) return cannot("nowhere", at, "it goes to another file", file);
  const inFile: ConfigEdit =
    edit.op === "move" && to ? { ...edit, path: at, to: to.value.path } : { ...edit, path: at };
  const edited = editConfig(layer.file.text, [inFile], { besideInclude: true });
  if (!edited.ok) return err({ ...edited.error, path: edit.path, file });
  const next = applyEdit(value, edit);
  if (next === undefined) return refuse("bad-path", edit.path, "no such place", file);
  return ok({ file, text: edited.value, value: next });
}

/** Two names of one file must share one text. */
function realOf(files: ConfigFiles, file: string): string {
  return files.realPath?.(file) ?? file;
}

function isEditable(files: ConfigFiles, file: string): boolean {
  const directory = path.dirname(files.root);
  const real = files.realPath?.(file) ?? file;
  if (file === path.normalize(files.root)) return true;
  return isBelow(directory, file) && isBelow(files.realPath?.(directory) ?? directory, real);
}

interface Target {
  readonly layer: Layer;
  readonly rest: ConfigPath;
}

/** The layers of one value, later ones winning. */
interface Place {
  readonly layers: readonly Layer[];
  /** Receives new keys if several layers could: the layer beside their `$include`. */
  readonly host: Layer | null;
}

function targetOf(sources: Sources, edit: ConfigEdit): Result<Target, EditRefusal> {
  let place = placeOf(sources, sources.top());
  for (const [i, part] of edit.path.entries()) {
    const reached = edit.path.slice(0, i + 1);
    if (typeof part === "number" && place.layers.length > 1) {
      return cannot("joined-list", reached, "the list is joined from several files");
    }
    const holders = place.layers.filter((layer) => holds(layer, part));
    const last = holders.at(-1);
    if (last === undefined) {
      const layer = place.host ?? place.layers.at(-1);
      if (layer === undefined) return cannot("nowhere", reached, "no file holds this place");
      return ok({ layer, rest: edit.path.slice(i) });
    }
    if (edit.op !== "set" && i === edit.path.length - 1) {
      if (holders.length > 1)
        return cannot("set-in-several", reached, "several files set this key");
      return ok({ layer: last, rest: [part] });
    }
    place = together(holders.map((layer) => placeOf(sources, childLayer(layer, part))));
  }
  const layer = place.layers.at(-1) ?? place.host;
  if (layer === null) return cannot("nowhere", edit.path, "no file holds this place");
  return ok({ layer, rest: [] });
}

function holds(layer: Layer, part: string | number): boolean {
  if (typeof part === "number") return isJsonArray(layer.node) && part in layer.node;
  return part !== INCLUDE_KEY && isJsonObject(layer.node) && Object.hasOwn(layer.node, part);
}

function placeOf(sources: Sources, layer: Layer): Place {
  const { node } = layer;
  if (!isJsonObject(node) || !Object.hasOwn(node, INCLUDE_KEY))
    return { layers: [layer], host: null };
  const parts = sources.includedBy(layer).map((part) => placeOf(sources, part));
  const hasKeys = Object.keys(node).length > 1;
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && !hasKeys) return only;
  const own = hasKeys ? [{ layers: [layer], host: null }] : [];
  return { ...together([...parts, ...own]), host: layer };
}

/** Objects merge, lists are joined, and any other value hides earlier ones. */
function together(places: readonly Place[]): Place {
  let layers: Layer[] = [];
  for (const layer of places.flatMap((place) => place.layers)) {
    const top = layers.at(-1);
    const merges =
      top !== undefined &&
      ((isJsonObject(top.node) && isJsonObject(layer.node)) ||
        (isJsonArray(top.node) && isJsonArray(layer.node)));
    layers = merges ? [...layers, layer] : [layer];
  }
  return { layers, host: places.length === 1 ? (places[0]?.host ?? null) : null };
}
