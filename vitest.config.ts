import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["{app,bench,bin,components,lib,messages,server,tools}/**/*.test.ts"],
    environment: "node",
    globalSetup: ["lib/files/testing/own-key.ts"],
    // Real processes and servers on a busy machine: a limit against hanging, not a measure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
