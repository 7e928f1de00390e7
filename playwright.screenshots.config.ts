/** `npm run screenshots`: pictures of every state, into test-results/screenshots, and those of the README. */

import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

export default defineConfig({
  ...tests,
  testMatch: "**/*.pictures.ts",
  timeout: 120_000,
  // Beside the pictures, not around them: this folder is emptied at each run.
  outputDir: "test-results/screenshots-run",
});
