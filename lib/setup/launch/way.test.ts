import { describe, expect, it } from "vitest";
import type { GatewayProcess } from "@/lib/openclaw/gateway/process";
import { eraFor } from "@/lib/openclaw/releases/table";
import { restartOf } from "@/lib/setup/launch/launch";
import { launchWay } from "@/lib/setup/launch/way";
import type { LocalGateway } from "@/lib/setup/machine/gateway";

const PROCESS: GatewayProcess = {
  pid: 4711,
  user: 1000,
  isOwn: true,
  unit: null,
  inContainer: false,
  isOpenClaw: true,
  isOfTheseFiles: true,
  startedAt: null,
};
const SERVICE = { manager: "systemd-user", file: "/home/ada/x.service", version: null } as const;

function gateway(more: Partial<LocalGateway>): LocalGateway {
  const none = {
    isRunning: false,
    isReady: false,
    startedAt: null,
    version: null,
    process: null,
    isOurs: false,
  };
  return { kind: "here", port: 18789, services: [], others: [], ...none, ...more };
}
const running = (process: Partial<GatewayProcess> = {}) =>
  gateway({ isRunning: true, process: { ...PROCESS, ...process } });

describe("how the gateway comes to run", () => {
  it.each([
    ["nothing there", gateway({}), { kind: "start" }],
    ["a service that does not run", gateway({ services: [SERVICE] }), { kind: "start-service" }],
    ["one without a service", running(), { kind: "replace", pid: 4711 }],
    [
      "one that may be of these files or not",
      running({ isOfTheseFiles: null }),
      { kind: "replace", pid: 4711 },
    ],
    ["one in a unit", running({ unit: "openclaw-gateway.service" }), { kind: "restart-service" }],
    [
      "one that the system tells nothing of",
      gateway({ isRunning: true }),
      { kind: "restart-service" },
    ],
    ["another user's", running({ isOwn: false }), { kind: "blocked", why: "other-user" }],
    [
      "one on other files",
      running({ isOfTheseFiles: false }),
      { kind: "blocked", why: "other-files" },
    ],
    [
      "one in a container",
      running({ inContainer: true }),
      { kind: "blocked", why: "in-container" },
    ],
    ["the first of a container", running({ pid: 1 }), { kind: "blocked", why: "in-container" }],
    [
      "another program at its port",
      gateway({ process: PROCESS }),
      { kind: "blocked", why: "port-in-use" },
    ],
  ])("%s", (_, state, expected) => {
    expect(launchWay(state, false)).toEqual(expected);
  });

  it("is a service where one can be installed and none is", () => {
    expect(launchWay(gateway({}), true)).toEqual({ kind: "install-service" });
    expect(launchWay(running(), true)).toMatchObject({ kind: "replace" });
  });
});

it.each([
  ["2026.7.1", true, "reinstall"],
  ["2026.7.1", false, "restart"],
  ["2026.9.6", true, "restart"],
])("a service of %s whose key is managed: %s", (release, managesKey, command) => {
  expect(restartOf({ era: eraFor(release).era, managesKey })).toBe(command);
});
