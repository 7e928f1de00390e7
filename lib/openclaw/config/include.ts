/** Merges included config files like OpenClaw 2026.9.6 (docs/gateway/config-secrets-env.md, "Config includes"). */

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
/** Our own limit: ten levels of two includes each would mean a thousand reads. */
const MAX_INCLUDES = 2000;

export interface ConfigFiles {
  readonly root: string;
  readonly read: (file: string) => Uint8Array | null;
  readonly realPath?: (file: string) => string | null;
  /** Directories of OPENCLAW_INCLUDE_ROOTS: read, never edited. */
  readonly allowedRoots?: readonly string[];
  /** False for releases that allow `$include` outside the config's directory (2026.2.9). */
  readonly confined?: boolean;
}

export type IncludeProblem =
  | {
      readonly code: "config-unparsable";
      readonly file: string;
      readonly error: ConfigParseError;
      /** The including file and the path as written; null for the main config. */
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
      readonly file: string;
      readonly include: string;
      readonly detail: string;
    };

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly value: Json;
}

export interface Layer {
  readonly file: SourceFile;
  readonly path: ConfigPath;
  readonly node: Json;
  readonly chain: readonly string[];
}

export interface ResolvedConfig {
  /** Before `${VAR}` is replaced. */
  readonly value: Json;
  readonly files: readonly SourceFile[];
}

/** A missing or empty main file counts as `{}`. */
export function resolveConfig(files: ConfigFiles): Result<ResolvedConfig, IncludeProblem> {
  return guarded(() => {
    const sources = new Sources(files);
    const top = sources.top();
    const value = sources.process(top);
    return { value, files: [...sources.files.values()] };
  });
}

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

  process(layer: Layer): Json {
    const { node } = layer;
    if (!this.isAssembled(node)) return node;
    // Most children are scalars and need no layer.
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

  /** Whether a value contains includes or dropped keys. Caches the answer, so no value is visited more than twice. */
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

export function childLayer(layer: Layer, key: string | number): Layer {
  const node = (layer.node as Record<string | number, Json>)[key] as Json;
  return { ...layer, path: [...layer.path, key], node };
}

/** Compares path text only. */
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
