import { userInfo } from "node:os";
import { describe, expect, test } from "vitest";
import { surroundings, tunnelCommand } from "@/lib/sign-in/surroundings";

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

describe("the tunnel", () => {
  const me = userInfo().username;

  test.each([
    [SSH, `ssh -N -L 1455:localhost:1455 ${me}@198.51.100.4`],
    ["::1 1 2001:db8::7 2222", `ssh -N -L 1455:localhost:1455 -p 2222 ${me}@2001:db8::7`],
    ["a b $(rm) 22", `ssh -N -L 1455:localhost:1455 ${me}@HOST`],
    [undefined, `ssh -N -L 1455:localhost:1455 ${me}@HOST`],
  ])("from %s", (connection, expected) => {
    expect(tunnelCommand({ SSH_CONNECTION: connection })).toBe(expected);
  });
});
