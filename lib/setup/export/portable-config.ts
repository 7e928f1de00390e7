/** Makes a config portable: variables for secrets, no local paths, the engine's gateway settings. */

import { type Shape, TOKEN_VARIABLE } from "@/lib/openclaw/deployments/shapes";
import { variablesIn } from "@/lib/openclaw/program/environment";
import { spansIn } from "@/lib/secrets/mask";
import { type TreeView, walkLeaves } from "@/lib/secrets/secret-leaves";
import { type Host, movedPath } from "@/lib/setup/export/paths";
import { VariableNames } from "@/lib/setup/export/variable-names";
import type { ConfigPath, Json } from "@/lib/text/json5/types";
import { applyEdit, isJsonArray, isJsonObject, textAt, valueAt } from "@/lib/text/json5/value";

export interface LeftOut {
  readonly path: string;
  readonly why: "path" | "secret" | "machine";
}

export interface PortableConfig {
  readonly value: Json;
  /** The key and the gateway's token come first. */
  readonly variables: readonly string[];
  readonly leftOut: readonly LeftOut[];
}

export interface PortableProps {
  readonly host: Host;
  readonly there: Shape;
  readonly secrets: readonly string[];
  readonly needed: readonly string[];
}

/** Settings about the machine or user where the config was made. */
const OF_THE_MACHINE = [
  ["meta"],
  ["wizard"],
  ["auth", "order"],
  ["auth", "profiles"],
  ["gateway", "remote"],
  ["gateway", "tailscale"],
  ["gateway", "customBindHost"],
];

interface Leaf {
  readonly value: Json;
  readonly path: ConfigPath;
}

const LEAVES: TreeView<Leaf> = {
  entriesOf: ({ value, path }) => {
    if (isJsonArray(value)) {
      return value.map((one, index) => ({
        name: null,
        node: { value: one, path: [...path, index] },
      }));
    }
    if (!isJsonObject(value)) return null;
    return Object.entries(value).map(([name, one]) => ({
      name,
      node: { value: one, path: [...path, name] },
    }));
  },
  valueOf: ({ value }) => value,
};

/** `config` includes its included files. Pure. */
export function portableConfig(config: Json, props: PortableProps): PortableConfig {
  const { there, needed } = props;
  const leftOut: LeftOut[] = [];
  const own = withoutMachine(config, leftOut);
  const names = new VariableNames([...variablesIn(own), ...needed]);
  const moved = transform(own, [], { ...props, names, secretPlaces: secretPlaces(own), leftOut });
  const value = withGateway(moved ?? {}, there);
  const variables = [...new Set([...needed, ...names.taken(), ...variablesIn(value)])];
  return { value, variables, leftOut };
}

function withoutMachine(config: Json, leftOut: LeftOut[]): Json {
  return OF_THE_MACHINE.reduce<Json>((now, path) => {
    if (valueAt(now, path) === undefined) return now;
    if (path[0] === "gateway") leftOut.push({ path: path.join("."), why: "machine" });
    return withoutEmpty(applyEdit(now, { op: "remove", path }) ?? now, path);
  }, config);
}

function withoutEmpty(config: Json, [first = ""]: ConfigPath): Json {
  const held = valueAt(config, [first]);
  const isEmpty = isJsonObject(held) && Object.keys(held).length === 0;
  return isEmpty ? (applyEdit(config, { op: "remove", path: [first] }) ?? config) : config;
}

function secretPlaces(config: Json): ReadonlySet<string> {
  const found = new Set<string>();
  walkLeaves<Leaf>(
    { value: config, path: [] },
    LEAVES,
    ({ path }) => found.add(keyOf(path)),
    () => undefined,
  );
  return found;
}

interface Walk extends PortableProps {
  readonly names: VariableNames;
  readonly secretPlaces: ReadonlySet<string>;
  readonly leftOut: LeftOut[];
}

/** Returns undefined to leave a setting out. */
function transform(value: Json, path: ConfigPath, walk: Walk): Json | undefined {
  const { names, secretPlaces: places, leftOut } = walk;
  if (places.has(keyOf(path)) && (typeof value === "string" || typeof value === "number")) {
    return byVariable(String(value), path, walk);
  }
  if (typeof value === "string") return transformText(value, path, walk);
  if (isJsonArray(value)) {
    return value.flatMap((one, index) => transform(one, [...path, index], walk) ?? []);
  }
  if (!isJsonObject(value)) return value;
  const source = textAt(value, ["source"]);
  if (source !== undefined && source !== "env" && "id" in value) {
    return `\${${names.of(path, JSON.stringify(value))}}`;
  }
  const entries = Object.entries(value).flatMap(([name, one]): Array<[string, Json]> => {
    if (holdsSecret(name, walk)) {
      leftOut.push({ path: path.join("."), why: "secret" });
      return [];
    }
    if (path.join(".") === "secrets.providers" && textAt(one, ["source"]) !== "env") {
      leftOut.push({ path: [...path, name].join("."), why: "machine" });
      return [];
    }
    const key = movedPath(name, walk.host, walk.there);
    const next = key === null ? undefined : transform(one, [...path, name], walk);
    if (key === null) leftOut.push({ path: path.join("."), why: "path" });
    return key === null || next === undefined ? [] : [[key, next]];
  });
  return Object.fromEntries(entries);
}

function transformText(text: string, path: ConfigPath, walk: Walk): Json | undefined {
  if (holdsSecret(text, walk)) return byVariable(text, path, walk);
  const moved = movedPath(text, walk.host, walk.there);
  if (moved !== null) return moved;
  walk.leftOut.push({ path: path.join("."), why: "path" });
  return undefined;
}

/** The engine sets variables of `env` under their own names. */
function byVariable(value: string, path: ConfigPath, { names }: Walk): Json | undefined {
  const name = names.of(path, value);
  return path[0] === "env" ? undefined : `\${${name}}`;
}

function holdsSecret(text: string, { secrets }: Walk): boolean {
  return spansIn(text).length > 0 || secrets.some((secret) => text.includes(secret));
}

function withGateway(config: Json, there: Shape): Json {
  const set = (now: Json, path: ConfigPath, value: Json): Json =>
    applyEdit(now, { op: "set", path, value }) ?? now;
  let now = isJsonObject(valueAt(config, ["gateway"])) ? config : set(config, ["gateway"], {});
  now = set(now, ["gateway", "mode"], "local");
  now =
    there.bind === null
      ? (applyEdit(now, { op: "remove", path: ["gateway", "bind"] }) ?? now)
      : set(now, ["gateway", "bind"], there.bind);
  now = set(now, ["gateway", "port"], there.port);
  const mode = textAt(now, ["gateway", "auth", "mode"]) ?? "token";
  if (mode === "token" || mode === "none") {
    now = set(now, ["gateway", "auth", "mode"], "token");
    now = set(now, ["gateway", "auth", "token"], `\${${TOKEN_VARIABLE}}`);
  }
  const origins = ["gateway", "controlUi", "allowedOrigins"];
  return there.origins.length === 0 || valueAt(now, origins) !== undefined
    ? now
    : set(now, origins, [...there.origins]);
}

function keyOf(path: ConfigPath): string {
  return JSON.stringify(path);
}
