/**
 * A config spread over files by `$include`, put together as OpenClaw 2026.9.6 does
 * (docs/gateway/config-secrets-env.md, "Config includes"; read in the release's includes module):
 * one file replaces the object that includes it, several are merged in order with the later winning
 * and lists joined, keys beside `$include` win over all of them, nesting goes ten levels deep, and
 * files stay below the config's directory or the directories of OPENCLAW_INCLUDE_ROOTS.
 */

import path from "node:path";
import { deepMerge } from "@/lib/openclaw/config/include-merge";
import { err, ok, type Result } from "@/lib/result";
import { INCLUDE_KEY } from "@/lib/text/json5/edit";
import { begunConfig, parseDocument, readJson5 } from "@/lib/text/json5/parse";
import type { ConfigParseError, ConfigPath, Json } from "@/lib/text/json5/types";
import { decodeUtf8 } from "@/lib/text/json5/utf8";
import { isJsonArray, isJsonObject } from "@/lib/text/json5/value";

const MAX_INCLUDE_DEPTH = 10;
const MAX_INCLUDE_BYTES = 2 * 1024 * 1024;
const MAX_INCLUDE_PATH = 4096;
/** Our own bound: ten levels of a file that includes another twice are a thousand readings. */
const MAX_INCLUDES = 2000;

export interface ConfigFiles {
  /** Absolute path of the main config file. */
  readonly root: string;
  /** A file's bytes, null when there is none. What it throws passes through. */
  readonly read: (file: string) => Uint8Array | null;
  /** A file's path with symbolic links followed; null or absent when that is not known. */
  readonly realPath?: (file: string) => string | null;
  /** Further directories that may be included from (OPENCLAW_INCLUDE_ROOTS): read, never edited. */
  readonly allowedRoots?: readonly string[];
  /** False for releases that let `$include` leave the config's directory (2026.2.9 does). */
  readonly confined?: boolean;
}

export type IncludeProblem =
  | {
      readonly code: "config-unparsable";
      readonly file: string;
      readonly error: ConfigParseError;
      /** The file that includes it, and the path as it is written there; null: it is the config itself. */
      readonly by: { readonly file: string; readonly include: string } | null;
    }
  | {
      readonly code:
        | "include-missing"
        | "include-circular"
        | "include-too-deep"
        | "include-outside"
        | "include-too-large"
        | "include-invalid";
      /** The file that has the `$include`. */
      readonly file: string;
      /** The path as it is written there. */
      readonly include: string;
      /** The path it leads to, or what is wrong with it. */
      readonly detail: string;
    };

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly value: Json;
}

/** A part of one file that gives content to one place of the config. */
export interface Layer {
  readonly file: SourceFile;
  readonly path: ConfigPath;
  readonly node: Json;
  /** The files included on the way here, the main one first. */
  readonly chain: readonly string[];
}

export interface ResolvedConfig {
  /** What OpenClaw sees, before `${VAR}` is filled in. */
  readonly value: Json;
  /** Every file read, the main one first. */
  readonly files: readonly SourceFile[];
}

/** Read the main config and all it includes. A main file that is missing, or of blanks and comments, counts as `{}`. */
export function resolveConfig(files: ConfigFiles): Result<ResolvedConfig, IncludeProblem> {
  return guarded(() => {
    const sources = new Sources(files);
    const top = sources.top();
    const value = sources.process(top);
    return { value, files: [...sources.files.values()] };
  });
}

/** Run something that may stop at an include. */
export function guarded<T>(run: () => T): Result<T, IncludeProblem> {
  try {
    return ok(run());
  } catch (stop) {
    if (stop instanceof IncludeStop) return err(stop.problem);
    throw stop;
  }
}

class IncludeStop extends Error {
  constructor(readonly problem: IncludeProblem) {
    super(problem.code);
  }
}

/** The files of one config, each read once. */
export class Sources {
  readonly files = new Map<string, SourceFile>();
  private readonly roots: readonly string[];
  private readonly assembled = new Set<Json>();
  private includes = 0;

  constructor(private readonly spec: ConfigFiles) {
    this.roots = [path.dirname(spec.root), ...(spec.allowedRoots ?? [])].filter(path.isAbsolute);
  }

  top(): Layer {
    const root = path.normalize(this.spec.root);
    const bytes = this.spec.read(root);
    const file = bytes === null ? { path: root, text: "", value: {} } : mainFile(root, bytes);
    this.files.set(root, file);
    return { file, path: [], node: file.value, chain: [root] };
  }

  /** The value of a layer with everything it includes; the very same where that is nothing. */
  process(layer: Layer): Json {
    const { node } = layer;
    if (!this.isAssembled(node)) return node;
    // Most children are plain values, for which a layer of their own would be made in vain.
    const child = (value: Json, key: string | number) =>
      typeof value === "object" && value !== null ? this.process(childLayer(layer, key)) : value;
    if (isJsonArray(node)) return node.map(child);
    if (!isJsonObject(node)) return node;
    const own: Record<string, Json> = {};
    for (const [key, value] of Object.entries(node)) {
      if (key !== INCLUDE_KEY && key !== "__proto__") own[key] = child(value, key);
    }
    if (!Object.hasOwn(node, INCLUDE_KEY)) return own;
    const included = this.includedBy(layer).map((part) => this.process(part));
    const isSingle = typeof node[INCLUDE_KEY] === "string";
    const base = isSingle ? (included[0] ?? {}) : included.reduce<Json>(deepMerge, {});
    if (Object.keys(own).length === 0) return base;
    if (!isJsonObject(base)) {
      throw this.stop(
        "include-invalid",
        layer,
        written(node[INCLUDE_KEY]),
        "siblings need an object",
      );
    }
    return deepMerge(base, own);
  }

  /**
   * Whether anything in a value is put together, or left out, when it is read. What leads to such a
   * place is remembered, so that nothing is looked through more than twice.
   */
  private isAssembled(node: Json): boolean {
    if (typeof node !== "object" || node === null) return false;
    if (this.assembled.has(node)) return true;
    const found = isJsonArray(node)
      ? node.some((item) => this.isAssembled(item))
      : Object.keys(node).some(
          (key) =>
            key === INCLUDE_KEY || key === "__proto__" || this.isAssembled(node[key] as Json),
        );
    if (found) this.assembled.add(node);
    return found;
  }

  /** The files an object includes, in order. */
  includedBy(layer: Layer): Layer[] {
    const wanted = isJsonObject(layer.node) ? layer.node[INCLUDE_KEY] : undefined;
    if (typeof wanted === "string") return [this.load(layer, wanted)];
    if (!isJsonArray(wanted)) {
      throw this.stop("include-invalid", layer, written(wanted), "not a path nor a list of paths");
    }
    return wanted.map((item) => {
      if (typeof item === "string") return this.load(layer, item);
      throw this.stop("include-invalid", layer, written(item), "not a path");
    });
  }

  private load(layer: Layer, include: string): Layer {
    const target = this.locate(layer, include);
    if (layer.chain.includes(target)) throw this.stop("include-circular", layer, include, target);
    this.includes += 1;
    if (layer.chain.length > MAX_INCLUDE_DEPTH || this.includes > MAX_INCLUDES) {
      throw this.stop("include-too-deep", layer, include, target);
    }
    let file = this.files.get(target);
    if (file === undefined) {
      const bytes = this.spec.read(target);
      if (bytes === null) throw this.stop("include-missing", layer, include, target);
      if (bytes.length > MAX_INCLUDE_BYTES && this.spec.confined !== false) {
        throw this.stop("include-too-large", layer, include, target);
      }
      file = parsed(target, bytes, { file: layer.file.path, include });
      this.files.set(target, file);
    }
    return { file, path: [], node: file.value, chain: [...layer.chain, target] };
  }

  private locate(layer: Layer, include: string): string {
    const target = path.resolve(path.dirname(layer.file.path), include);
    if (
      include.includes("\0") ||
      include.length >= MAX_INCLUDE_PATH ||
      target.length >= MAX_INCLUDE_PATH
    ) {
      throw this.stop("include-invalid", layer, include.slice(0, 80), "not a usable path");
    }
    if (this.spec.confined === false) return target;
    const real = this.spec.realPath?.(target) ?? null;
    const realRoots = this.roots.map((root) => this.spec.realPath?.(root) ?? root);
    const isInside =
      this.roots.some((root) => isBelow(root, target)) &&
      (real === null || realRoots.some((root) => isBelow(root, real)));
    if (!isInside) throw this.stop("include-outside", layer, include, real ?? target);
    return target;
  }

  private stop(
    code: Exclude<IncludeProblem["code"], "config-unparsable">,
    layer: Layer,
    include: string,
    detail: string,
  ): IncludeStop {
    return new IncludeStop({ code, file: layer.file.path, include, detail });
  }
}

/** The layer of a child of a layer's node. */
export function childLayer(layer: Layer, key: string | number): Layer {
  const node = (layer.node as Record<string | number, Json>)[key] as Json;
  return { ...layer, path: [...layer.path, key], node };
}

/** Whether a path is below a directory, by its letters. */
export function isBelow(directory: string, file: string): boolean {
  const relative = path.relative(directory, file);
  return (
    relative !== "" &&
    relative !== ".." &&
    !relative.startsWith(`..${path.sep}`) &&
    !path.isAbsolute(relative)
  );
}

function written(value: Json | undefined): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "").slice(0, 80);
}

function mainFile(file: string, bytes: Uint8Array): SourceFile {
  const text = decodeUtf8(bytes);
  const isEmpty = text.ok && !readJson5(text.value).ok && begunConfig(text.value) !== null;
  return isEmpty ? { path: file, text: text.value, value: {} } : parsed(file, bytes);
}

function parsed(
  file: string,
  bytes: Uint8Array,
  by: Extract<IncludeProblem, { code: "config-unparsable" }>["by"] = null,
): SourceFile {
  const result = parseDocument(bytes);
  if (!result.ok) {
    throw new IncludeStop({ code: "config-unparsable", file, error: result.error, by });
  }
  return { path: file, text: result.value.text, value: result.value.value };
}
