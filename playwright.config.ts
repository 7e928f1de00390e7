/** Browser tests: one real Chromium, one test at a time. */

import { defineConfig } from "@playwright/test";

const chromium = process.env["CHROMIUM_PATH"];

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  workers: 1,
  // Chromium itself once left a click unanswered for minutes; what passes only now is listed as flaky.
  retries: 1,
  timeout: 60_000,
  reporter: "list",
  use: {
    locale: "en-US",
    actionTimeout: 300_000,
    // A trace or a video would hold the keys and tokens of the test.
    trace: "off",
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
