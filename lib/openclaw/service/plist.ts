/** Reads `EnvironmentVariables` and `ProgramArguments` of a launchd property list in XML. */

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** Empty for a binary list. Pure. */
export function plistEnvironment(text: string): Array<readonly [name: string, value: string]> {
  const inside = insideOf(text, /<key>\s*EnvironmentVariables\s*<\/key>\s*<dict>/u, "</dict>");
  const pairs = inside.matchAll(/<key>([^<]*)<\/key>\s*<string>([^<]*)<\/string>/gu);
  return [...pairs].map(([, name = "", value = ""]) => [decoded(name).trim(), decoded(value)]);
}

/** The command's words; empty for a binary list. Pure. */
export function plistArguments(text: string): readonly string[] {
  const inside = insideOf(text, /<key>\s*ProgramArguments\s*<\/key>\s*<array>/u, "</array>");
  return [...inside.matchAll(/<string>([^<]*)<\/string>/gu)].map(([, word = ""]) => decoded(word));
}

/** Takes linear time whatever the text, unlike one expression with a lazy middle. */
function insideOf(text: string, start: RegExp, end: string): string {
  const plain = text
    .split("<!--")
    .map((part, index) => (index === 0 ? part : part.slice(part.indexOf("-->") + 3)))
    .join("");
  const found = start.exec(plain);
  if (found === null) return "";
  const from = found.index + found[0].length;
  return plain.slice(from, Math.max(from, plain.indexOf(end, from)));
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/giu, (whole, number, hex, name) => {
    if (name) return ENTITIES[name] ?? whole;
    const code = number ? Number(number) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
