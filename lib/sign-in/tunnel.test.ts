import { userInfo } from "node:os";
import { describe, expect, test } from "vitest";
import { tunnelCommand } from "@/lib/sign-in/tunnel";

describe("the tunnel", () => {
  const me = userInfo().username;
  const SSH = "203.0.113.9 50122 198.51.100.4 22";

  test.each([
    [SSH, `ssh -N -L 1455:localhost:1455 ${me}@198.51.100.4`],
    ["::1 1 2001:db8::7 2222", `ssh -N -L 1455:localhost:1455 -p 2222 ${me}@2001:db8::7`],
    ["a b $(rm) 22", `ssh -N -L 1455:localhost:1455 ${me}@HOST`],
    [undefined, `ssh -N -L 1455:localhost:1455 ${me}@HOST`],
  ])("from %s", (connection, expected) => {
    expect(tunnelCommand({ SSH_CONNECTION: connection })).toBe(expected);
  });
});
