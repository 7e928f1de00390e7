/** Recognizes the names of settings, variables, headers and options that hold secrets. */

/** A name with one of these words is the name of a secret. */
const SECRET = new Set(
  (
    "key keys apikey apikeys token tokens secret secrets password passwords passwd passphrase pass " +
    "pwd pw credential credentials creds cookie cookies authorization bearer pin otp totp pat"
  ).split(" "),
);
/** A name with one of these endings describes a secret but does not hold it. */
const ABOUT = new Set(
  (
    "id ids name names file files path paths dir directory env mode type kind source ref refs header headers " +
    "prefix suffix host provider providers profile profiles count limit limits ttl algorithm store storage " +
    "enabled policy strategy field var variable label format location usage budget expiry expires at ms " +
    "seconds minutes hours min max length size required optional allowlist method scheme scope scopes sock user url uri endpoint"
  ).split(" "),
);
/** Keys that grant no access, for example `sessionKey` and `publicKey`. */
const PLAIN_KEYS = new Set(
  (
    "public session cache dedupe dedup sort primary foreign idempotency routing group lookup hot thread " +
    "object peer partition index max min num total context input output prompt completion"
  ).split(" "),
);
/** Counts of tokens, for example `maxTokens`; a `sessionToken` is a secret. */
const COUNTS = new Set(
  "cache index max min num total context input output prompt completion".split(" "),
);
/** Under these names, numbers are secrets too. */
const NUMBERS = new Set(["password", "passwd", "passphrase", "pass", "pwd", "pw", "pin", "otp"]);
/** Under these names, every value is a secret unless its name says otherwise. */
const HOLDS_SECRETS = new Set(
  "tokens secrets passwords keys apikeys credential credentials creds cookies secret password".split(
    " ",
  ),
);

const WORDS = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[A-Z]+/gu;

/** Splits `OPENAI_API_KEY`, `botToken` and `x-api-key` into lower-case words. */
function wordsOf(name: string): string[] {
  return (name.slice(0, 200).match(WORDS) ?? []).map((word) => word.toLowerCase());
}

/** `PWD` alone is the working directory. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined || ABOUT.has(last) || /^(?:OLD)?PWD$/u.test(name)) return false;
  const at = words.findLastIndex((word) => SECRET.has(word));
  if (at < 0) return last === "auth" || last === "dsn";
  const before = words[at - 1] ?? "";
  if (words[at] === "tokens") return !COUNTS.has(before);
  return !(/^keys?$/u.test(words[at] ?? "") && PLAIN_KEYS.has(before));
}

export function holdsSecrets(name: string): boolean {
  const last = wordsOf(name).at(-1) ?? "";
  return HOLDS_SECRETS.has(last) && isSecretName(name);
}

export function isSecretNumber(name: string): boolean {
  return isSecretName(name) && wordsOf(name).some((word) => NUMBERS.has(word));
}

export function isAbout(name: string): boolean {
  return (
    ABOUT.has(wordsOf(name).at(-1) ?? "") || /^(?:e-?mail|username|url|uri|account)$/iu.test(name)
  );
}

/** For example `auth: "api-key"`, which names a method and not a secret. */
export function isWayName(name: string): boolean {
  return wordsOf(name).at(-1) === "auth";
}

/** A reference or an unfilled template contains no secret. */
const REFERENCE = /\$\{[^{}]*\}|\{\{[^{}]*\}\}|^\$[A-Z_][A-Z0-9_]*$|^<[\p{L} _-]+>$/gu;

/** Strips references and the scheme name; returns "" if nothing else is there. */
export function withoutReferences(value: string): string {
  return value
    .replace(REFERENCE, "")
    .replace(/^\s*(?:Bearer|Basic|Token|Bot)\s*$/iu, "")
    .trim();
}

/** Short words of letters only, such as placeholders and names of settings. */
export function isPlainWords(value: string): boolean {
  return value.length < 20 && /^[\p{L}]+(?:[-_. ][\p{L}]+)*$/u.test(value);
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

const OPTION =
  /(?<![\w-])--?(?<name>[A-Za-z][\w-]{0,60})(?:[=\t ][\t ]{0,8})(?<value>"[^"\r\n]*"|'[^'\r\n]*'|[^\s"'`,;|&]+)/gu;
const ASSIGNMENT =
  /(?<![\w.$-])(?<name>[A-Za-z_$][\w.$-]{0,120})["'`]?[\t ]{0,32}(?<sign>=>?|:)[\t ]{0,32}(?<value>"[^"\r\n]*"|'[^'\r\n]*'|`[^`\r\n]*`|[^\s"'`,;{}[\]()]+)/gu;
const QUERY = /[?&;](?<name>[A-Za-z_][\w.-]{0,60})=(?<value>[^\s&#"'`<>]+)/gu;
const SCHEME = /\b(?<name>Bearer|Basic|Token|Bot)[\t ]{1,8}(?<value>[\w+/=.~:-]{8,})/gu;
const USER_INFO = /\b[a-z][\w+.-]{0,30}:\/\/[^\s:/@"'`]{0,256}:(?<value>[^\s/@"'`]{1,1024})@/giu;

/** Finds named secrets in options, assignments, queries, headers and URLs, as offsets without quotes. */
export function namedSecrets(text: string): Span[] {
  const found: Span[] = [];
  const take = (
    pattern: RegExp,
    wanted: (name: string, value: string, quoted: boolean, sign: string) => boolean,
  ) => {
    for (const match of text.matchAll(pattern)) {
      const { name = "", value = "", sign = "" } = match.groups ?? {};
      const quoted = /^["'`]/u.test(value);
      const inner = quoted ? value.slice(1, -1) : value;
      if (withoutReferences(inner) === "" || inner.includes("••••")) continue;
      if (!wanted(name, inner, quoted, sign)) continue;
      const start = match.index + match[0].lastIndexOf(value) + (quoted ? 1 : 0);
      found.push({ start, end: start + inner.length });
    }
  };
  take(OPTION, (name, value) => isSecretName(name) && !value.startsWith("-"));
  // A word after "key:" may be prose; a quoted or unusual word is a value.
  take(
    ASSIGNMENT,
    (name, value, quoted, sign) =>
      isSecretName(name) &&
      // "Unrecognized key: x" names a setting, while "key=x" gives a value.
      !(sign === ":" && /^keys?$/iu.test(name) && !/^(?=.*\d)(?=.*\p{L}).{16,}$/u.test(value)) &&
      !/^(?:true|false|null|undefined|\d{1,5})$/u.test(value) &&
      (isPlainWords(value) ? quoted && value.length >= 6 && !isWayName(name) : true),
  );
  take(
    QUERY,
    (name, value) =>
      (isSecretName(name) || /^(?:sig|signature|x-amz-signature|code)$/iu.test(name)) &&
      !isPlainWords(value),
  );
  take(SCHEME, (name, value) => /^bearer$/iu.test(name) || !isPlainWords(value));
  take(USER_INFO, () => true);
  return found;
}
