/** `npm run screenshots`: pictures of every state, into test-results/screenshots with a page of them all, and those of the README. */

import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

const { projects: _, ...shared } = tests;

export default defineConfig({
  ...shared,
  testMatch: "**/*.pictures.ts",
  workers: 1,
  globalTeardown: "./e2e/support/gallery.ts",
  timeout: 240_000,
  // Beside the pictures, not around them: this folder is emptied at each run.
  outputDir: "test-results/screenshots-run",
});
