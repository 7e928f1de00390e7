// Finds a Chromium for the browser tests, or gets one.

import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "../bin/run.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * CHROMIUM_PATH, else one on PATH, else Playwright's own, else Debian's package.
 * @param {string} root
 * @returns {Promise<string | null>} the path of the program, null when there is none to be had
 */
export async function findChromium(root) {
  const given = process.env["CHROMIUM_PATH"];
  if (given) return given;
  const system = onPath(NAMES);
  if (system) return system;

  const { chromium } = await import("@playwright/test");
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  process.stdout.write("No Chromium found; trying Playwright's own…\n");
  const cli = join(root, "node_modules", "@playwright", "test", "cli.js");
  const installed = await run(process.execPath, [cli, "install", "chromium"], { cwd: root });
  if (installed === 0 && existsSync(chromium.executablePath())) return chromium.executablePath();

  const apt = onPath(["apt-get"]);
  const sudo = onPath(["sudo"]);
  const isRoot = process.getuid?.() === 0;
  if (!apt || !(isRoot || sudo)) return null;
  process.stdout.write("Trying the Debian package chromium…\n");
  /** @param {string[]} args */
  const asRoot = (args) =>
    isRoot
      ? run(apt, args, { cwd: root, quiet: true })
      : run(sudo ?? "sudo", ["-n", apt, ...args], { cwd: root, quiet: true });
  await asRoot(["update"]);
  await asRoot(["install", "-y", "--no-install-recommends", "chromium"]);
  return onPath(NAMES);
}

/** @param {string[]} names */
function onPath(names) {
  for (const name of names) {
    for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
      const path = join(folder || ".", name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  return null;
}
