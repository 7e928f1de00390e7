import { describe, expect, test } from "vitest";
import { seatOf, surroundings } from "@/lib/system/surroundings.mjs";

const nowhere = () => false;
const docker = (path: string) => path === "/.dockerenv";
const SSH = "203.0.113.9 50122 198.51.100.4 22";

describe("where the browser is", () => {
  test.each([
    ["a desk", {}, nowhere, "local"],
    ["a desk with a screen", { DISPLAY: ":0" }, nowhere, "local"],
    ["over ssh", { SSH_CONNECTION: SSH }, nowhere, "ssh"],
    ["over ssh with a forwarded screen", { SSH_CONNECTION: SSH, DISPLAY: ":10" }, nowhere, "ssh"],
    ["Docker", {}, docker, "container"],
    ["Podman by its variable", { container: "podman" }, nowhere, "container"],
    ["a container on a desktop", { WAYLAND_DISPLAY: "wayland-0" }, docker, "local"],
  ])("%s", (_name, env, exists, expected) => {
    expect(surroundings(env, exists)).toBe(expected);
  });
});

test.each([
  ["a Linux without a screen", {}, "linux", "screenless"],
  ["WSL", { WSL_DISTRO_NAME: "Debian" }, "linux", "wsl"],
  ["a Mac", {}, "darwin", "local"],
  ["a Mac over ssh", { SSH_CONNECTION: SSH }, "darwin", "ssh"],
] as const)("%s", (_name, env, platform, expected) => {
  expect(seatOf(env, platform, nowhere)).toBe(expected);
});
