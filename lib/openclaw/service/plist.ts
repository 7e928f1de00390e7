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
  const plain = text.replace(/<!--[\s\S]*?-->/gu, "");
  const dict = /<key>\s*EnvironmentVariables\s*<\/key>\s*<dict>(?<inside>[\s\S]*?)<\/dict>/u;
  const inside = dict.exec(plain)?.groups?.["inside"] ?? "";
  const pairs = inside.matchAll(/<key>([\s\S]*?)<\/key>\s*<string>([\s\S]*?)<\/string>/gu);
  return [...pairs].map(([, name = "", value = ""]) => [decoded(name).trim(), decoded(value)]);
}

/** The command's words; empty for a binary list. Pure. */
export function plistArguments(text: string): readonly string[] {
  const plain = text.replace(/<!--[\s\S]*?-->/gu, "");
  const list = /<key>\s*ProgramArguments\s*<\/key>\s*<array>(?<inside>[\s\S]*?)<\/array>/u;
  const inside = list.exec(plain)?.groups?.["inside"] ?? "";
  return [...inside.matchAll(/<string>([\s\S]*?)<\/string>/gu)].map(([, word = ""]) =>
    decoded(word),
  );
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/giu, (whole, number, hex, name) => {
    if (name) return ENTITIES[name] ?? whole;
    const code = number ? Number(number) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
