import { fileURLToPath } from "node:url";
import { PHASE_PRODUCTION_SERVER } from "next/constants.js";

const root = fileURLToPath(new URL(".", import.meta.url));

/** @type {import("next").NextConfig} */
const config = {
  // A lock file in a parent folder must not move the root.
  turbopack: { root },
  outputFileTracingRoot: root,
  output: "standalone",
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  // Types are checked by `npm test` with the same compiler.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["undici", "json5"],
  // No image optimizer, which would fetch addresses.
  images: { unoptimized: true },
  experimental: {
    serverActions: { bodySizeLimit: "256kb" },
    // Pages are loaded on demand, so that the first one need not wait for the others.
    preloadEntriesOnStart: false,
  },
};

/** @param {string} phase */
export default async (phase) => {
  // Only a build and hot reload need the plugin, which loads a compiler of 17 MB. Next.js warns of a standalone output
  // where it serves, though the build itself is the same.
  if (phase === PHASE_PRODUCTION_SERVER) return { ...config, output: undefined };
  const { default: createNextIntlPlugin } = await import("next-intl/plugin");
  return createNextIntlPlugin("./lib/i18n/request.ts")(config);
};
