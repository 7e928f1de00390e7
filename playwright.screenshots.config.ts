/** `npm run screenshots`: pictures of every state, into test-results/screenshots, and those of the README. */

import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

const { projects: _, ...shared } = tests;

export default defineConfig({
  ...shared,
  testMatch: "**/*.pictures.ts",
  workers: 1,
  timeout: 120_000,
  // Beside the pictures, not around them: this folder is emptied at each run.
  outputDir: "test-results/screenshots-run",
});
