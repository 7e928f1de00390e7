import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { remoteHint } from "@/server/remote-hint";

const SSH_CONNECTION = "203.0.113.9 50122 198.51.100.4 22";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "openclaw-setup-hint-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const hint = (env: Record<string, string>, more = {}) =>
  remoteHint({
    env: { HOME: home, PATH: "/usr/bin:/bin", ...env },
    profile: null,
    locale: "en",
    port: 1466,
    command: "openclaw-setup",
    platform: "linux",
    // Whatever this test runs in.
    exists: () => false,
    ...more,
  });

it("names one tunnel over SSH, with the ports of the page, the sign-in and the gateway", async () => {
  mkdirSync(join(home, ".openclaw"));
  writeFileSync(join(home, ".openclaw", "openclaw.json"), '{ "gateway": { "port": 19001 } }');
  const ways = [1466, 1455, 19001].map((port) => `-L ${port}:localhost:${port}`).join(" ");
  const lines = await hint({ SSH_CONNECTION });
  expect(lines[1]).toBe(`  ssh -N ${ways} ${userInfo().username}@198.51.100.4`);
  expect(lines.at(-1)).toBe("  openclaw-setup --terminal");
});

it("names each port once, and guesses no host where there is no screen", async () => {
  const [, command] = await hint({}, { port: 1455 });
  expect(command).toMatch(/^ {2}ssh -N -L 1455:localhost:1455 -L 18789:localhost:18789 \w+@HOST$/u);
});

it("says of a container that no published port reaches the page", async () => {
  const lines = await hint({ container: "podman" });
  expect(lines.join("\n")).toContain("docker run --network host");
  expect(lines.join("\n")).not.toContain("ssh");
});

it("says nothing at a desk, and one line in WSL", async () => {
  expect(await hint({ DISPLAY: ":0" })).toEqual([]);
  expect(await hint({}, { platform: "darwin" })).toEqual([]);
  expect(await hint({ WSL_DISTRO_NAME: "Debian" })).toHaveLength(1);
});
