/** Where the browser of the person most likely runs: on this machine, or on the one they sit at. */

import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { CALLBACK_PORT } from "@/lib/openai/chatgpt/issuer";
import type { Environment } from "@/lib/openai/proxy";

/** `ssh` and `container`: a browser elsewhere, to which the service's `localhost` is another machine. */
export type Surroundings = "local" | "ssh" | "container";

/** Left behind by Docker and Podman. */
const CONTAINER_MARKS = ["/.dockerenv", "/run/.containerenv"];

/** With a screen of its own the browser can run here, in a container too (a desktop's "toolbox"). */
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
 * The command for the computer with the browser that brings what it asks of these ports here. sshd writes
 * SSH_CONNECTION as "client address, client port, server address, server port" (sshd(8)).
 */
export function tunnelCommand(
  env: Environment = process.env,
  ports: readonly number[] = [CALLBACK_PORT],
): string {
  const [, , address = "", port = ""] = (env["SSH_CONNECTION"] ?? "").split(" ");
  const known = /^[\da-f.:]+$/iu.test(address);
  const other = known && /^\d+$/u.test(port) && port !== "22" ? ` -p ${port}` : "";
  // The name of a machine is none by which others have to find it.
  const host = known ? address : "HOST";
  const ways = ports.map((one) => `-L ${one}:localhost:${one}`).join(" ");
  return `ssh -N ${ways}${other} ${userInfo().username}@${host}`;
}
