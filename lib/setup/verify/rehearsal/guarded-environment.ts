/** The environment for OpenClaw on a private copy: no network but the relay, no plugin downloads. */

import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Environment } from "@/lib/openclaw/places/home";
import { GUARD } from "@/lib/setup/verify/rehearsal/guard";

/** `relayPort` 0 blocks everything. `noted` receives a line for each blocked address. */
export async function guardedEnvironment(
  folder: string,
  temporary: string,
  relayPort: number,
): Promise<{ readonly noted: string; readonly guarded: Environment }> {
  const [guard, noted] = [path.join(folder, "guard.cjs"), path.join(folder, "noted")];
  await writeFile(guard, GUARD, { mode: 0o600 });
  await writeFile(noted, "", { mode: 0o600 });
  return {
    noted,
    guarded: {
      NODE_OPTIONS: `--require ${JSON.stringify(guard)}`,
      OPENCLAW_SETUP_RELAY: String(relayPort),
      OPENCLAW_SETUP_NOTED: noted,
      OPENCLAW_SETUP_PROGRAM: String(process.pid),
      OPENCLAW_OFFLINE: "1",
      OPENCLAW_DISABLE_BONJOUR: "1",
      // Missing plugins are not downloaded; the request fails at once.
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_fetch_retries: "0",
      TMPDIR: temporary,
      TMP: temporary,
      TEMP: temporary,
    },
  };
}
