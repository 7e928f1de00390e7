// Parses and checks the options of `npm start`.

import { parseArgs } from "node:util";
import { localeOf } from "../lib/i18n/locale-list.mjs";

/**
 * @typedef {{ kind: "start", port: number, open: boolean, locale: ReturnType<typeof localeOf>, profile: string | null, dev: boolean }} Start
 * @typedef {{ kind: "help" } | { kind: "version" }} Question
 * @typedef {{ kind: "bad", word: "badPort" | "badLocale" | "badProfile" | "unknownOption", values: Record<string, string> }} Bad
 */

/** The redirect address registered for ChatGPT sign-in has this port. */
export const DEFAULT_PORT = 1455;

/**
 * @param {string[]} args the arguments after the script's name
 * @returns {Start | Question | Bad}
 */
export function readOptions(args) {
  let values;
  try {
    values = parseArgs({
      args,
      allowPositionals: false,
      options: {
        port: { type: "string" },
        "no-open": { type: "boolean" },
        // For the terminal only.
        plain: { type: "boolean" },
        locale: { type: "string" },
        profile: { type: "string" },
        dev: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean", short: "v" },
      },
    }).values;
  } catch (error) {
    const [detail = ""] = (error instanceof Error ? error.message : String(error)).split(
      /\.\s|\n/u,
    );
    return {
      kind: "bad",
      word: "unknownOption",
      values: { detail: `${detail.replace(/\.$/u, "")}.` },
    };
  }
  if (values.help) return { kind: "help" };
  if (values.version) return { kind: "version" };
  const { port = String(DEFAULT_PORT), profile = null } = values;
  const locale = values.locale === undefined ? null : localeOf(values.locale);
  if (!/^\d{1,5}$/u.test(port) || Number(port) > 65535) {
    return { kind: "bad", word: "badPort", values: { value: port } };
  }
  if (values.locale !== undefined && locale === null) {
    return { kind: "bad", word: "badLocale", values: { value: values.locale } };
  }
  if (profile !== null && !/^[a-z0-9][a-z0-9_-]{0,63}$/iu.test(profile)) {
    return { kind: "bad", word: "badProfile", values: { value: profile } };
  }
  const { "no-open": isQuiet = false, dev = false } = values;
  return { kind: "start", port: Number(port), open: !isQuiet, locale, profile, dev };
}
