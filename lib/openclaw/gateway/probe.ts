/** Finds the gateway's port, and whether one answers there or is remote. */

import type { Environment } from "@/lib/openclaw/places/home";
import type { Json } from "@/lib/text/json5/types";
import { valueAt } from "@/lib/text/json5/value";

/** The default port (2026.2.9 to 2026.9.6). */
export const GATEWAY_PORT = 18789;

/** Loopback answers take milliseconds; a slower program hangs. */
const PROBE_MS = 3_000;
const PROBE_BYTES = 64 * 1024;

export interface GatewayView {
  readonly port: number;
  readonly isRunning: boolean;
  /** It takes turns; a gateway without `/readyz` does so as soon as it runs. */
  readonly isReady: boolean;
  readonly startedAt: number | null;
  /** The running release, from its dashboard's page (2026.9.6). */
  readonly version: string | null;
}

/** In OpenClaw's order: variable, config, default. `variables` includes those of `.env` files. */
export function gatewayPort(config: Json, variables: Environment): number {
  for (const value of [
    variables["OPENCLAW_GATEWAY_PORT"],
    variables["CLAWDBOT_GATEWAY_PORT"],
    valueAt(config, ["gateway", "port"]),
  ]) {
    const port = Number(typeof value === "string" ? value.trim() || Number.NaN : value);
    if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  }
  return GATEWAY_PORT;
}

/** A remote gateway, with a null host if unnamed; null for a local one. */
export function remoteGateway(
  config: Json,
  variables: Environment,
): { readonly host: string | null } | null {
  const url = variables["OPENCLAW_GATEWAY_URL"]?.trim();
  if (!url && valueAt(config, ["gateway", "mode"]) !== "remote") return null;
  const named = url || valueAt(config, ["gateway", "remote", "url"]);
  // Only the host, because a URL may hold a password.
  return { host: typeof named === "string" && URL.canParse(named) ? new URL(named).host : null };
}

/** Sends three GETs without credentials, which change nothing. */
export async function probeGateway(port: number, signal?: AbortSignal): Promise<GatewayView> {
  const limit = AbortSignal.timeout(PROBE_MS);
  const within = signal ? AbortSignal.any([signal, limit]) : limit;
  const health = await answerAt(port, "healthz", within);
  const isRunning = health?.ok === true && isGateway(health.text);
  if (!isRunning) return { port, isRunning, isReady: false, startedAt: null, version: null };
  const [ready, page] = await Promise.all([
    answerAt(port, "readyz", within),
    answerAt(port, "", within),
  ]);
  const uptime = /"uptimeMs"\s*:\s*(\d{1,15})\b/u.exec(ready?.text ?? "")?.[1];
  return {
    port,
    isRunning,
    isReady: ready?.ok === true,
    startedAt: uptime === undefined ? null : Date.now() - Number(uptime),
    version: BUILD.exec(page?.text ?? "")?.[1] ?? null,
  };
}

/** `data-openclaw-control-ui-build-id="2026.9.6-release-…"`. */
const BUILD = /\sdata-openclaw-control-ui-build-id="(20\d\d\.\d{1,2}\.\d{1,3})-/u;

async function answerAt(port: number, name: string, signal: AbortSignal) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/${name}`, {
      signal,
      redirect: "manual",
    });
    return { ok: response.ok, text: await beginningOf(response) };
  } catch {
    return null;
  }
}

/** `{"ok":true,…}` (2026.7.1, 2026.9.6), or an older release's dashboard page. */
function isGateway(text: string): boolean {
  return (
    /^\s*\{\s*"ok"\s*:\s*true\b/u.test(text) || /<title>[^<]*(?:openclaw|clawdbot)/iu.test(text)
  );
}

async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (reader && text.length < PROBE_BYTES) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return text;
}
