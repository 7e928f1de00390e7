/** Finds and replaces `openclaw.json` in a ConfigMap, leaving every other byte of the YAML alone. */

import { CST, type Document, isMap, isScalar, parseAllDocuments, type Scalar } from "yaml";

const KEY = "openclaw.json";

/** Null if the file is no YAML or has no such ConfigMap. */
export function configInConfigMap(yaml: string): string | null {
  const found = scalarIn(yaml);
  return found === null ? null : String(found.value);
}

/** Null if the text cannot be placed there; the result is parsed again to verify it. */
export function withConfigInConfigMap(yaml: string, config: string): string | null {
  const found = scalarIn(yaml);
  const token = found?.srcToken;
  if (!found || !token || !CST.isScalar(token) || !found.range) return null;
  const edited =
    token.type === "block-scalar"
      ? inBlock(yaml, token.source, found.range, String(found.value), config)
      : inQuotes(yaml, token, config);
  return edited !== null && configInConfigMap(edited) === config ? edited : null;
}

function scalarIn(yaml: string): Scalar | null {
  const documents = parseAllDocuments(yaml, { keepSourceTokens: true });
  if (!Array.isArray(documents)) return null;
  if (documents.some(({ errors }) => errors.length > 0)) return null;
  for (const document of documents as Document[]) {
    if (document.get("kind") !== "ConfigMap") continue;
    const data = document.get("data");
    const scalar = isMap(data) ? data.get(KEY, true) : undefined;
    if (isScalar(scalar) && typeof scalar.value === "string") return scalar;
  }
  return null;
}

/** Unchanged lines keep their bytes, even trailing blanks. */
function inBlock(
  yaml: string,
  source: string,
  [from, to]: readonly [number, number, number?],
  before: string,
  after: string,
): string | null {
  const start = yaml.indexOf(source, from);
  if (start < 0 || start > to) return null;
  const [written, old, now] = [source, before, after].map((text) => text.split("\n")) as [
    string[],
    string[],
    string[],
  ];
  const indent = /^ +/u.exec(written.find((line) => line.trim() !== "") ?? "")?.[0] ?? "";
  if (indent === "") return null;
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, now.length) - head;
  while (tail < most && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const middle = now
    .slice(head, now.length - tail)
    .map((line) => (line === "" ? "" : indent + line));
  // Trailing line endings may not count.
  const kept = written.slice(old.length);
  const isWhole = written.length >= old.length && kept.every((line) => line.trim() === "");
  const last = old.length - tail;
  const lines = isWhole
    ? [...written.slice(0, head), ...middle, ...written.slice(last, old.length), ...kept]
    : now.map((line) => (line === "" ? "" : indent + line));
  return yaml.slice(0, start) + lines.join("\n") + yaml.slice(start + source.length);
}

/** JSON is valid YAML in one line, with line endings escaped. */
function inQuotes(yaml: string, { offset, source }: CST.FlowScalar, config: string): string {
  return yaml.slice(0, offset) + JSON.stringify(config) + yaml.slice(offset + source.length);
}
