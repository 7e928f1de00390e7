// The licences of what is bundled into the package, in one text.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readNeeded, readText } from "../lib/system/read.mjs";

/** They make the package and are no part of it. */
const BUILD_TOOLS = [
  "@formatjs/icu-messageformat-parser",
  "@tailwindcss/postcss",
  "@types/node",
  "@types/react",
  "@types/react-dom",
  "esbuild",
  "tailwindcss",
  "typescript",
];

/**
 * Of every package that may be part of it: those it depends on with what these depend on, and what Next.js brings
 * compiled. One too many does no harm.
 * @param {string} root
 * @param {string} page the folder of the package with the traced `node_modules`
 * @returns {string}
 */
export function licencesOf(root, page) {
  const { dependencies } = JSON.parse(readNeeded(join(root, "package.json")).toString("utf8"));
  /** @type {Map<string, string>} */
  const texts = new Map();
  /** @param {string} name */
  const add = (name) => {
    if (texts.has(name)) return;
    const folder = join(root, "node_modules", name);
    const manifest = JSON.parse(readText(join(folder, "package.json")) ?? "null");
    if (manifest === null) return;
    const licence = textIn(folder) ?? `Licence: ${manifest.license ?? "see its repository"}`;
    texts.set(name, `${name} ${manifest.version}\n\n${licence.trim()}\n`);
    for (const below of Object.keys(manifest.dependencies ?? {})) add(below);
  };
  for (const name of Object.keys(dependencies)) if (!BUILD_TOOLS.includes(name)) add(name);
  const compiled = join("node_modules", "next", "dist", "compiled");
  for (const name of namesIn(join(page, compiled))) {
    const licence = textIn(join(root, compiled, name));
    if (licence) texts.set(`next/${name}`, `${name} (in next)\n\n${licence.trim()}\n`);
  }
  const line = `\n${"-".repeat(78)}\n\n`;
  const sorted = [...texts.keys()].sort().map((name) => texts.get(name));
  return `What is bundled into this package, and under which terms.\n${line}${sorted.join(line)}`;
}

/** @param {string} folder */
function textIn(folder) {
  if (!existsSync(folder)) return null;
  const name = readdirSync(folder).find((one) => /^licen[cs]e(?:\.(?:md|txt))?$/iu.test(one));
  return name === undefined ? null : readText(join(folder, name));
}

/** @param {string} folder */
function namesIn(folder) {
  return readdirSync(folder).flatMap((name) =>
    name.startsWith("@") ? readdirSync(join(folder, name)).map((one) => `${name}/${one}`) : [name],
  );
}
