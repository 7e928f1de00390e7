// The launcher's messages, from the same files as the page's.
// Uses only syntax that old versions of Node can parse.

import { fileURLToPath } from "node:url";
import { LOCALES, localeOf } from "../lib/i18n/locale-list.mjs";
import { readText } from "../lib/system/read.mjs";
import { ownCommand } from "./place.mjs";

/** @typedef {(typeof LOCALES)[number]} Language */

/**
 * Follows `--locale`, then LC_ALL, LC_MESSAGES and LANG (POSIX order), else English.
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 * @returns {Language}
 */
export function chooseLanguage(args, env) {
  let asked = env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "";
  args.forEach((arg, index) => {
    if (arg === "--locale") asked = args[index + 1] || "";
    else if (arg.indexOf("--locale=") === 0) asked = arg.slice(9);
  });
  return localeOf(asked) || LOCALES[0];
}

/**
 * @param {Language} language
 * @returns {(key: string, values?: Record<string, string | number>) => string}
 */
export function speaker(language) {
  const file = new URL(`../messages/${language}.json`, import.meta.url);
  const all = JSON.parse(readText(fileURLToPath(file)) || "{}");
  const words = all.launcher;
  /** @type {Record<string, string | number>} */
  const always = {
    command: ownCommand(process.env),
    commands: listOf(all.cli ? all.cli.command : {}),
    locales: LOCALES.join(", "),
  };
  return (key, values) =>
    (words[key] || key).replace(
      /\{(\w+)\}/g,
      /** @type {(whole: string, name: string) => string} */
      (whole, name) => {
        const value = values && name in values ? values[name] : always[name];
        return value === undefined ? whole : String(value);
      },
    );
}

/**
 * One line for each command, in two columns.
 * @param {Record<string, string>} commands
 */
function listOf(commands) {
  const lines = Object.keys(commands).map((name) => `  ${name.padEnd(16)} ${commands[name]}`);
  return lines.join("\n");
}
