/** Where a secret stands: names of settings, variables, headers and options, and what in a text is called by one. */

/** One of these words in a name makes it the name of a secret. */
const SECRET = new Set(
  (
    "key keys apikey apikeys token tokens secret secrets password passwords passwd passphrase pass " +
    "pwd pw credential credentials creds cookie cookies authorization bearer pin otp totp pat"
  ).split(" "),
);
/** A name that ends so tells about a secret, and is none. */
const ABOUT = new Set(
  (
    "id ids name names file files path paths dir directory env mode type kind source ref refs header headers " +
    "prefix suffix host provider providers profile profiles count limit limits ttl algorithm store storage " +
    "enabled policy strategy field var variable label format location usage budget expiry expires at ms " +
    "seconds minutes hours min max length size required optional allowlist method scheme scope scopes sock user url uri endpoint"
  ).split(" "),
);
/** Keys that open nothing: `sessionKey`, `publicKey`. */
const PLAIN_KEYS = new Set(
  (
    "public session cache dedupe dedup sort primary foreign idempotency routing group lookup hot thread " +
    "object peer partition index max min num total context input output prompt completion"
  ).split(" "),
);
/** With these a number is a secret too. */
const NUMBERS = new Set(["password", "passwd", "passphrase", "pass", "pwd", "pw", "pin", "otp"]);
/** Under such a name everything is secret that does not say otherwise. */
const HOLDS_SECRETS = new Set(
  "tokens secrets passwords keys apikeys credential credentials creds cookies secret password".split(
    " ",
  ),
);

const WORDS = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[A-Z]+/gu;

/** `OPENAI_API_KEY`, `botToken` and `x-api-key` as words in small letters. */
function wordsOf(name: string): string[] {
  return (name.slice(0, 200).match(WORDS) ?? []).map((word) => word.toLowerCase());
}

/** Whether what stands under a name is a secret. Of `PWD` alone it is the working directory. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined || ABOUT.has(last) || /^(?:OLD)?PWD$/u.test(name)) return false;
  const at = words.findLastIndex((word) => SECRET.has(word));
  if (at < 0) return last === "auth" || last === "dsn";
  return !(/^(?:keys?|tokens?)$/u.test(words[at] ?? "") && PLAIN_KEYS.has(words[at - 1] ?? ""));
}

/** Whether an object under this name holds secrets under whatever names. */
export function holdsSecrets(name: string): boolean {
  const last = wordsOf(name).at(-1) ?? "";
  return HOLDS_SECRETS.has(last) && isSecretName(name);
}

/** Whether a number under this name is one. */
export function isSecretNumber(name: string): boolean {
  return isSecretName(name) && wordsOf(name).some((word) => NUMBERS.has(word));
}

/** Whether a name inside an object that holds secrets tells of something else. */
export function isAbout(name: string): boolean {
  return (
    ABOUT.has(wordsOf(name).at(-1) ?? "") || /^(?:e-?mail|username|url|uri|account)$/iu.test(name)
  );
}

/** `auth: "api-key"`: the name of a way, where a secret might stand. */
export function isWayName(name: string): boolean {
  return wordsOf(name).at(-1) === "auth";
}

/** A reference, or a template nobody has filled in: nothing of it is secret. */
const REFERENCE = /\$\{[^{}]*\}|\{\{[^{}]*\}\}|^\$[A-Z_][A-Z0-9_]*$|^<[\p{L} _-]+>$/gu;

/** What is left of a value without references and the name of a scheme; "" where that is all. */
export function withoutReferences(value: string): string {
  return value
    .replace(REFERENCE, "")
    .replace(/^\s*(?:Bearer|Basic|Token|Bot)\s*$/iu, "")
    .trim();
}

/** Letters only, in short words: what people put where any word will do, and what settings are called. */
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

/**
 * What in a text stands under the name of a secret: options, assignments, queries, headers, the password
 * of an address. Offsets of the value, its quotes not among them.
 */
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
  // A word after "key:" may be prose; what is quoted, or is no plain word, is a value.
  take(
    ASSIGNMENT,
    (name, value, quoted, sign) =>
      isSecretName(name) &&
      // "Unrecognized key: x" names a setting; "key=x" gives a value.
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
