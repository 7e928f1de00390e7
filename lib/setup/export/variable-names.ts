/** Names the variable for each secret of a config, as in OpenClaw's documentation where possible. */

import { PASSWORD_VARIABLE, TOKEN_VARIABLE } from "@/lib/openclaw/deployments/shapes";
import type { ConfigPath } from "@/lib/text/json5/types";

const KNOWN: Readonly<Record<string, string>> = {
  "gateway.auth.token": TOKEN_VARIABLE,
  "gateway.auth.password": PASSWORD_VARIABLE,
};

/** Variables that a process must not override. */
const TAKEN = /^(?:PATH|HOME|USER|SHELL|PWD|TMPDIR|LANG|TZ|NODE_\w*)$/u;

export class VariableNames {
  readonly #byValue = new Map<string, string>();
  readonly #used: Set<string>;

  constructor(used: Iterable<string>) {
    this.#used = new Set(used);
  }

  /** Equal values share a name. */
  of(path: ConfigPath, value: string): string {
    const known = this.#byValue.get(value);
    if (known !== undefined) return known;
    const wanted = wantedName(path);
    const isOwn = KNOWN[path.join(".")] !== undefined || path[0] === "env";
    let name = wanted;
    for (let count = 2; !isOwn && this.#used.has(name); count += 1) name = `${wanted}_${count}`;
    this.#used.add(name);
    this.#byValue.set(value, name);
    return name;
  }

  taken(): readonly string[] {
    return [...this.#byValue.values()];
  }
}

function wantedName(path: ConfigPath): string {
  const known = KNOWN[path.join(".")];
  if (known !== undefined) return known;
  const [first, second, third] = path;
  if (first === "env") return asName(second === "vars" ? [third ?? "value"] : [second ?? "value"]);
  if (first === "models" && second === "providers") return asName(path.slice(2));
  return asName(first === "channels" ? path.slice(1) : path);
}

/** For example `OPENAI_API_KEY` for `models.providers.openai.apiKey`. */
function asName(parts: ConfigPath): string {
  const words = parts.map((part) =>
    String(part)
      .replace(/(?<=[a-z\d])(?=[A-Z])/gu, "_")
      .replace(/[^A-Za-z0-9]+/gu, "_"),
  );
  const name = words.join("_").toUpperCase().replace(/_+/gu, "_").replace(/^_|_$/gu, "");
  if (name === "" || TAKEN.test(name)) return `SECRET_${name}`;
  return /^\d/u.test(name) ? `_${name}` : name.slice(0, 120);
}
