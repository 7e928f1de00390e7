/** The encodings in which programs leak a secret, reduced to their characters without separators. */

const utf8 = new TextEncoder();

export interface Reading {
  readonly counts: RegExp;
  readonly ignoresCase: boolean;
  /** A run of this many characters gives a secret away. */
  readonly window: number;
}

/** Ignores blanks and box lines, so that a wrapped or spaced secret is one piece. */
export const AS_WRITTEN: Reading = {
  counts: /[^\s\u2500-\u259f|]/u,
  ignoresCase: false,
  window: 8,
};
export const LETTERS: Reading = { counts: /[\p{L}\p{N}]/u, ignoresCase: false, window: 8 };
export const DIGITS: Reading = { counts: /[\p{L}\p{N}]/u, ignoresCase: true, window: 12 };

const lettersOf = (text: string) => [...text].filter((char) => LETTERS.counts.test(char)).join("");

export function writtenForms(
  secrets: readonly string[],
): ReadonlyArray<readonly [reading: Reading, forms: readonly string[]]> {
  const plain = secrets.flatMap((secret) => {
    const json = JSON.stringify(secret).slice(1, -1);
    const forms = [secret, json, inAddress(secret), ...base64Of(secret)];
    return [...forms, ...forms.map(reversed)];
  });
  return [
    [AS_WRITTEN, plain.map((form) => form.replace(/\s+/gu, ""))],
    [LETTERS, plain.map(lettersOf)],
    [DIGITS, secrets.flatMap((secret) => numbersOf(secret).flatMap((one) => [one, reversed(one)]))],
  ];
}

/** A config may hold half of a character, which would throw. */
function inAddress(secret: string): string {
  return encodeURIComponent(secret.replace(/\p{Cs}/gu, "\uFFFD"));
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}

/** Encodes the secret at each of the three alignments and drops characters shared with neighbours. */
function base64Of(secret: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = new Uint8Array([...Array<number>(before).fill(0), ...utf8.encode(secret)]);
    const text = Buffer.from(bytes).toString("base64").replace(/=+$/u, "");
    const start = before === 0 ? 0 : before + 1;
    const end = bytes.length % 3 === 0 ? text.length : text.length - 1;
    const inner = text.slice(start, end);
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** Hexadecimal, `\x73`, `\u0073`, `0x73` and decimal character codes. */
function numbersOf(secret: string): string[] {
  const bytes = [...utf8.encode(secret)];
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0"));
  return [
    hex.join(""),
    hex.map((one) => `x${one}`).join(""),
    hex.map((one) => `0x${one}`).join(""),
    hex.map((one) => `u00${one}`).join(""),
    bytes.join(""),
  ];
}
