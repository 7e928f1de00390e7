// The fonts in which the browser tests measure widths: a narrow family, a wide one, and one of Japanese and Chinese.

import { readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { installDebianPackages } from "./debian.mjs";

const FONTS = [
  { family: "Liberation Sans", file: "LiberationSans-Regular.ttf", debian: "fonts-liberation" },
  { family: "DejaVu Sans", file: "DejaVuSans.ttf", debian: "fonts-dejavu-core" },
  {
    family: "Droid Sans Fallback",
    file: "DroidSansFallbackFull.ttf",
    debian: "fonts-droid-fallback",
  },
];
const FOLDERS = [
  "/usr/share/fonts",
  "/usr/local/share/fonts",
  "/Library/Fonts",
  join(homedir(), ".local", "share", "fonts"),
  join(homedir(), "Library", "Fonts"),
];

/**
 * Installs what is missing, where that is possible.
 * @returns {Promise<string[]>} the families that are still missing
 */
export async function findFonts() {
  const packages = missing().map(({ debian }) => debian);
  if (packages.length > 0) {
    process.stdout.write(`Trying the Debian packages ${packages.join(", ")}…\n`);
    await installDebianPackages(packages);
  }
  return missing().map(({ family }) => family);
}

function missing() {
  const files = new Set(FOLDERS.flatMap(filesBelow));
  return FONTS.filter(({ file }) => !files.has(file));
}

/** @param {string} folder */
function filesBelow(folder) {
  try {
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return paths.map((path) => path.slice(path.lastIndexOf("/") + 1));
  } catch {
    return [];
  }
}
