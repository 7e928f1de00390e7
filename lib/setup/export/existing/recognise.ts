/** Recognizes official deployments in a folder, and finds their configs. */

import { type Document, parseAllDocuments } from "yaml";
import { IMAGE } from "@/lib/openclaw/deployments/shapes";
import { configInConfigMap } from "@/lib/setup/export/existing/config-map";
import type { Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, textAt, valueAt } from "@/lib/text/json5/value";

export interface FoundDeployment {
  readonly engine: "compose" | "kubernetes";
  readonly configs: ReadonlyArray<{ readonly path: string; readonly inside: "configmap" | "file" }>;
  readonly release: string | null;
}

export interface Folder {
  readonly files: ReadonlyMap<string, string>;
  /** Compose's variables, from the folder's `.env` and the process. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Null if nothing belongs to OpenClaw. Pure. */
export function recogniseDeployment(folder: Folder): FoundDeployment | null {
  const yamls = [...folder.files].filter(([path]) => /\.ya?ml$/iu.test(path));
  const documents = yamls.flatMap(([path, text]) =>
    documentsOf(text).map((value) => ({ path, value })),
  );
  const release = releaseIn(
    documents.map(({ value }) => value),
    folder.variables,
  );
  const maps = yamls
    .filter(([, text]) => configInConfigMap(text) !== null)
    .map(([path]) => ({ path, inside: "configmap" as const }));
  const generated = documents.flatMap(({ path, value }) => generatedFrom(path, value));
  const kubernetes = [...maps, ...existing(generated, folder)];
  if (kubernetes.length > 0) return { engine: "kubernetes", configs: kubernetes, release };
  const mounted = documents.flatMap(({ value }) => mountedIn(value, folder.variables));
  const compose = existing(mounted, folder);
  return compose.length > 0 ? { engine: "compose", configs: compose, release } : null;
}

function documentsOf(text: string): Json[] {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((one) => (one.errors.length > 0 ? [] : plainOf(one)));
}

/** Empty for aliases that multiply, lead nowhere or lead back to themselves, which no deployment needs. */
function plainOf(document: Document): [Json] | [] {
  try {
    return [JSON.parse(JSON.stringify(document.toJS() ?? null)) as Json];
  } catch {
    return [];
  }
}

function existing(paths: readonly string[], { files }: Folder) {
  return [...new Set(paths)]
    .filter((path) => files.has(path))
    .map((path) => ({ path, inside: "file" as const }));
}

/** Reads `configMapGenerator` entries `openclaw.json` or `openclaw.json=<file>`. */
function generatedFrom(path: string, value: Json): string[] {
  const generators = valueAt(value, ["configMapGenerator"]);
  if (!isJsonArray(generators)) return [];
  const files = generators.flatMap((one) => valueAt(one, ["files"]) ?? []);
  return files.flat().flatMap((file) => {
    const [, own] = /^(?:openclaw\.json=)?(.*)$/u.exec(String(file)) ?? [];
    const isOurs = String(file).startsWith("openclaw.json") || own?.endsWith("/openclaw.json");
    return isOurs && own ? [joined(path.split("/").slice(0, -1), own)] : [];
  });
}

/** Files mounted where OpenClaw reads its config or copies it from. */
function mountedIn(value: Json, variables: Folder["variables"]): string[] {
  const services = valueAt(value, ["services"]);
  if (!isJsonObject(services)) return [];
  return Object.values(services).flatMap((service) => {
    const volumes = valueAt(service, ["volumes"]);
    if (!isJsonArray(volumes)) return [];
    return volumes.flatMap((volume) => {
      const [source, target] = mountOf(volume, variables);
      const own = source.replace(/^\.\//u, "");
      if (target.endsWith("/openclaw.json")) return [own];
      return /^(?:\/home\/node\/\.openclaw|\/config)$/u.test(target)
        ? [`${own}/openclaw.json`]
        : [];
    });
  });
}

function mountOf(volume: Json, variables: Folder["variables"]): readonly [string, string] {
  if (typeof volume !== "string") {
    return [
      filledIn(textAt(volume, ["source"]) ?? "", variables),
      textAt(volume, ["target"]) ?? "",
    ];
  }
  const [, source = "", target = ""] =
    /^(.*?):(\/[^:]*)(?::[^:]*)?$/u.exec(filledIn(volume, variables)) ?? [];
  return [source, target];
}

function filledIn(text: string, variables: Folder["variables"]): string {
  const VARIABLE = /\$\{(\w+)(?::?-([^${}]*))?\}/u;
  let now = text;
  for (let most = 10; most > 0 && VARIABLE.test(now); most -= 1) {
    now = now.replace(VARIABLE, (_, name: string, other = "") => variables[name] || other);
  }
  return now;
}

function releaseIn(values: readonly Json[], variables: Folder["variables"]): string | null {
  const found = new Set<string>();
  const take = (text: string) => {
    const [, tag] = /(?:^|\/)openclaw\/openclaw:(\d[\w.-]*)$/u.exec(text) ?? [];
    if (tag) found.add(tag.replace(/-(?:slim|browser)$/u, ""));
  };
  const visit = (value: Json): void => {
    if (typeof value === "string") take(filledIn(value, variables));
    else if (isJsonArray(value)) value.forEach(visit);
    else if (isJsonObject(value)) {
      if (textAt(value, ["name"]) === IMAGE) take(`${IMAGE}:${textAt(value, ["newTag"]) ?? ""}`);
      Object.values(value).forEach(visit);
    }
  };
  values.forEach(visit);
  const [first, ...others] = found;
  return first !== undefined && others.length === 0 ? first : null;
}

function joined(folder: readonly string[], path: string): string {
  const parts = [...folder];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
