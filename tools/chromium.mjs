// Finds a Chromium for the browser tests, or gets one.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "../bin/run.mjs";
import { installDebianPackages, onPath } from "./debian.mjs";

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

  process.stdout.write("Trying the Debian package chromium…\n");
  await installDebianPackages(["chromium"]);
  return onPath(NAMES);
}
