/** Guesses whether the user's browser runs on this machine or elsewhere. */

import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { CALLBACK_PORT } from "@/lib/openai/chatgpt/issuer";
import type { Environment } from "@/lib/openai/proxy";

/** With `ssh` and `container`, the service's `localhost` is another machine. */
export type Surroundings = "local" | "ssh" | "container";

/** Created by Docker and Podman. */
const CONTAINER_MARKS = ["/.dockerenv", "/run/.containerenv"];

/** With a display, the browser can run here, even in a container (a desktop's "toolbox"). */
export function surroundings(
  env: Environment = process.env,
  exists: (path: string) => boolean = existsSync,
): Surroundings {
  if (env["SSH_CONNECTION"]) return "ssh";
  if (env["DISPLAY"] || env["WAYLAND_DISPLAY"]) return "local";
  const container = Boolean(env["container"] || env["KUBERNETES_SERVICE_HOST"]);
  return container || CONTAINER_MARKS.some(exists) ? "container" : "local";
}

/**
 * The command that forwards ports from the browser's machine to here.
 * SSH_CONNECTION is "client address, client port, server address, server port" (sshd(8)).
 */
export function tunnelCommand(
  env: Environment = process.env,
  ports: readonly number[] = [CALLBACK_PORT],
): string {
  const [, , address = "", port = ""] = (env["SSH_CONNECTION"] ?? "").split(" ");
  const known = /^[\da-f.:]+$/iu.test(address);
  const other = known && /^\d+$/u.test(port) && port !== "22" ? ` -p ${port}` : "";
  // A machine's own name may not resolve elsewhere.
  const host = known ? address : "HOST";
  const ways = ports.map((one) => `-L ${one}:localhost:${one}`).join(" ");
  return `ssh -N ${ways}${other} ${userInfo().username}@${host}`;
}
