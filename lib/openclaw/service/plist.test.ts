import { expect, it } from "vitest";
import { plistArguments, plistEnvironment } from "@/lib/openclaw/service/plist";

/** As `buildLaunchAgentPlist` of 2026.9.6 makes it, with a value that has to be written in entities. */
const LIST = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
  <dict>
    <key>Label</key>
    <string>ai.openclaw.gateway</string>
    
    <key>Comment</key>
    <string>OpenClaw Gateway (v2026.9.6)</string>
    <key>RunAtLoad</key>
    <true/>
    <key>KeepAlive</key>
    <true/>
    <key>ExitTimeOut</key>
    <integer>20</integer>
    <key>Umask</key>
    <integer>63</integer>
    <key>StandardInPath</key>
    <string>/dev/null</string>
    <key>ProgramArguments</key>
    <array>
      <string>/opt/node</string>
      <string>/opt/openclaw &amp; more/openclaw.mjs</string>
      <string>gateway</string>
      <string>--port</string>
      <string>18789</string>
    </array>
    
    <key>WorkingDirectory</key>
    <string>/Users/ada/.openclaw</string>
    <key>EnvironmentVariables</key>
    <dict>
    <key>OPENAI_API_KEY</key>
    <string>a&amp;b&lt;c&gt;&quot;d</string>
    <key>OPENCLAW_SERVICE_VERSION</key>
    <string>2026.9.6</string>
    </dict>
  </dict>
</plist>
`;

it("reads what OpenClaw itself writes", () => {
  expect(plistEnvironment(LIST)).toEqual([
    ["OPENAI_API_KEY", 'a&b<c>"d'],
    ["OPENCLAW_SERVICE_VERSION", "2026.9.6"],
  ]);
  expect(plistArguments(LIST)).toEqual([
    "/opt/node",
    "/opt/openclaw & more/openclaw.mjs",
    "gateway",
    "--port",
    "18789",
  ]);
});

it("reads nothing from a binary list", () => {
  expect(plistArguments("bplist00\u0000")).toEqual([]);
  expect(plistEnvironment("bplist00\u0000")).toEqual([]);
});
