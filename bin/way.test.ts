import { expect, it } from "vitest";
import { wayOf } from "./way.mjs";

const SSH = { SSH_CONNECTION: "203.0.113.9 50122 198.51.100.4 22" };
const way = (args: string[], env: Record<string, string>, isInteractive = true) =>
  wayOf(args, { env, platform: "linux", isInteractive, exists: () => false });

it.each([
  ["over SSH, in a terminal", [], SSH, true, "ask"],
  ["without a screen", [], {}, true, "ask"],
  ["in a container", ["--profile", "work"], { container: "podman" }, true, "ask"],
  ["at a desk", [], { DISPLAY: ":0" }, true, "page"],
  ["in WSL, whose browser opens the link", [], { WSL_DISTRO_NAME: "Debian" }, true, "page"],
  ["over SSH, by a script", [], SSH, false, "page"],
  ["over SSH, with an option of the page", ["--port=1466"], SSH, true, "page"],
  ["over SSH, without a browser wanted", ["--no-open"], SSH, true, "page"],
  ["where it is named", ["--terminal"], { DISPLAY: ":0" }, true, "terminal"],
  [
    "where it is named, by a script, which then learns why not",
    ["--terminal"],
    {},
    false,
    "terminal",
  ],
  ["for its help", ["--help"], SSH, true, "page"],
] as const)("%s", (_name, args, env, isInteractive, expected) => {
  expect(way([...args], env, isInteractive)).toBe(expected);
});
