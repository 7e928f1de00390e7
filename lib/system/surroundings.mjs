// Guesses whether the user's browser runs on this machine or elsewhere.

import { existsSync } from "node:fs";

/** @typedef {"local" | "ssh" | "container"} Surroundings */
/** @typedef {Surroundings | "wsl" | "screenless"} Seat */

/** Created by Docker and Podman. */
const CONTAINER_MARKS = ["/.dockerenv", "/run/.containerenv"];

/**
 * With `ssh` and `container`, a service's `localhost` is another machine. With a display, the browser can run here, even
 * in a container (a desktop's "toolbox").
 * @param {Readonly<Record<string, string | undefined>>} [env]
 * @param {(path: string) => boolean} [exists]
 * @returns {Surroundings}
 */
export function surroundings(env = process.env, exists = existsSync) {
  if (env["SSH_CONNECTION"]) return "ssh";
  if (env["DISPLAY"] || env["WAYLAND_DISPLAY"]) return "local";
  const container = Boolean(env["container"] || env["KUBERNETES_SERVICE_HOST"]);
  return container || CONTAINER_MARKS.some((path) => exists(path)) ? "container" : "local";
}

/**
 * Tells a Linux without a display apart from WSL, where Windows has one.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {NodeJS.Platform} platform
 * @param {(path: string) => boolean} [exists]
 * @returns {Seat}
 */
export function seatOf(env, platform, exists = existsSync) {
  const around = surroundings(env, exists);
  if (around !== "local" || platform !== "linux") return around;
  if (env["WSL_DISTRO_NAME"]) return "wsl";
  return env["DISPLAY"] || env["WAYLAND_DISPLAY"] ? "local" : "screenless";
}
