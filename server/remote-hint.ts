/** Explains before the link how to reach the page from another computer. */

import { DOOR_WORDS } from "@/lib/i18n/door-words";
import { isLocale } from "@/lib/i18n/locales";
import { CALLBACK_PORT } from "@/lib/openai/chatgpt/issuer";
import type { Environment } from "@/lib/openclaw/places/home";
import { viewMachine } from "@/lib/setup/machine/snapshot";
import { tunnelCommand } from "@/lib/sign-in/tunnel";
import { seatOf } from "@/lib/system/surroundings.mjs";

type Words = (typeof DOOR_WORDS)["en"]["terminal"]["remote"];

/** OpenClaw's default. */
const USUAL_GATEWAY_PORT = 18_789;

export interface HintOptions {
  readonly env: Environment;
  readonly profile: string | null;
  readonly locale: string | null;
  readonly port: number;
  readonly command: string;
  readonly platform: NodeJS.Platform;
  readonly exists?: (path: string) => boolean;
}

/** Returns terminal lines; empty if the browser runs here. */
export async function remoteHint(options: HintOptions): Promise<readonly string[]> {
  const { env, locale, port, command } = options;
  const around = seatOf(env, options.platform, options.exists);
  if (around === "local") return [];
  const { remote } = DOOR_WORDS[isLocale(locale) ? locale : "en"].terminal;
  if (around === "wsl") return [remote.wsl];
  const here = [remote.here, `  ${command} --terminal`];
  if (around === "container") return containerHint(remote, here, port);
  const ports = [...new Set([port, CALLBACK_PORT, await gatewayPort(options)])];
  const what = around === "ssh" ? remote.ssh : remote.screenless;
  return [what, `  ${tunnelCommand(env, ports)}`, remote.samePort, ...here];
}

/** A container's loopback is unreachable from outside, whatever ports it publishes. */
function containerHint(remote: Words, here: readonly string[], port: number): readonly string[] {
  return [remote.container, `  docker run --network host … --port ${port}`, ...here];
}

async function gatewayPort({ env, profile }: HintOptions): Promise<number> {
  const { gateway } = await viewMachine(env, profile).catch(() => ({ gateway: null }));
  return gateway?.kind === "here" ? gateway.port : USUAL_GATEWAY_PORT;
}
