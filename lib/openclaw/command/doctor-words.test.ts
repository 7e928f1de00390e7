import { expect, it } from "vitest";
import { unwrittenFor } from "@/lib/openclaw/command/doctor-words";

it("the places for which doctor wrote nothing are read out of its frame (2026.9.6)", () => {
  const words = `
◇  Doctor warnings ────────────────────────────────────────────────────────╮
│                                                                          │
│  Doctor could not apply config fixes: the repaired config still fails    │
│  validation.                                                             │
│  - tools.media.image.scope.rules[0].match.chatType: Invalid input        │
│    (allowed: "direct", "group", "channel")                               │
│  - session.sendPolicy.rules[0].match.chatType: Invalid input (allowed:   │
│    "direct", "group", "channel")                                         │
│  No config changes were written. Fix the value(s) above in               │
│  ~/.openclaw/openclaw.json by hand, then rerun "openclaw doctor --fix".  │
`;
  expect(unwrittenFor(words).map((path) => path.join("."))).toEqual([
    "tools.media.image.scope.rules.0.match.chatType",
    "session.sendPolicy.rules.0.match.chatType",
  ]);
});

it("says nothing where doctor wrote", () => {
  expect(unwrittenFor("└  Doctor complete.")).toEqual([]);
});
