/** Browser tests: one real Chromium per worker, a server and a home of its own for each test. */

import { defineConfig } from "@playwright/test";

const chromium = process.env["CHROMIUM_PATH"];

/** They sign in or look at the port itself; ChatGPT's only redirect address is on port 1455. */
const ON_PORT_1455 = [
  "account-check",
  "attacks/canary-sign-in",
  "attacks/sign-in",
  "backup",
  "ending",
  "handover",
  "sign-in",
  "sign-in-look",
  "sign-in-problems",
  "waits",
].map((name) => `e2e/${name}.spec.ts`);

export default defineConfig({
  testDir: "e2e",
  workers: 2,
  projects: [
    // The longer row first: it can have one worker only.
    { name: "port 1455", testMatch: ON_PORT_1455.map((path) => `**/${path}`), workers: 1 },
    {
      name: "pages",
      testMatch: "**/*.spec.ts",
      testIgnore: ON_PORT_1455.map((path) => `**/${path}`),
      fullyParallel: true,
    },
  ],
  // Chromium itself once left a click unanswered for minutes; what passes only now is named at the end.
  retries: 1,
  timeout: 120_000,
  // Limits against hanging, not measures: two browsers and two servers share two cores.
  expect: { timeout: 15_000 },
  reporter: [["list"], ["./tools/passed-again.ts"]],
  use: {
    locale: "en-US",
    actionTimeout: 30_000,
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
