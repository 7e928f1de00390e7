/** The gateway of an OpenClaw: where it listens, whether one answers there, or that it is on another machine. */

import type { Environment } from "@/lib/openclaw/places/home";
import type { Json } from "@/lib/text/json5/types";
import { valueAt } from "@/lib/text/json5/value";

/** Without a port of its own (2026.2.9 to 2026.9.6). */
export const GATEWAY_PORT = 18789;

/** A loopback answer takes milliseconds; what takes longer is a program that hangs. */
const PROBE_MS = 3_000;
/** As much of an answer as is looked at. */
const PROBE_BYTES = 64 * 1024;

export interface GatewayView {
  readonly port: number;
  /** One answers on 127.0.0.1 at that port. */
  readonly isRunning: boolean;
  /** It takes turns by now; one without `/readyz` does so as soon as it runs. */
  readonly isReady: boolean;
  /** When it started, in milliseconds since 1970; null where it does not say. */
  readonly startedAt: number | null;
  /** The release that runs, where the page of its dashboard says it (2026.9.6); else null. */
  readonly version: string | null;
}

/** The variable, the config, the usual port, in OpenClaw's order. `variables` has what `.env` files set too. */
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

/** Where the gateway is another machine's: its host, null where that is not said. Null: it is this one's. */
export function remoteGateway(
  config: Json,
  variables: Environment,
): { readonly host: string | null } | null {
  const url = variables["OPENCLAW_GATEWAY_URL"]?.trim();
  if (!url && valueAt(config, ["gateway", "mode"]) !== "remote") return null;
  const named = url || valueAt(config, ["gateway", "remote", "url"]);
  // Only the host: an address may carry a name and password.
  return { host: typeof named === "string" && URL.canParse(named) ? new URL(named).host : null };
}

/** Whether a gateway answers on loopback: three GETs without a credential, which change nothing there. */
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

/** Null where nothing came in time. */
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

/** `{"ok":true,…}` (2026.7.1, 2026.9.6); of an older one the page of its dashboard. */
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
