import { describe, expect, it } from "vitest";
import { eraFor } from "@/lib/openclaw/releases/table";
import { unseenAddress } from "@/lib/setup/launch/unseen-address";
import { planned } from "@/lib/setup/testing/machine";

describe("an address of the page's environment alone", () => {
  const checkedAt = "http://127.0.0.1:4000/v1";
  const env = { OPENAI_BASE_URL: checkedAt };
  const told = (value: string) => ({
    serviceVariables: [{ name: "OPENAI_BASE_URL", value, file: "/x.service", isManaged: false }],
  });

  it.each([
    ["2026.9.6", {}, {}, env, { to: "127.0.0.1:4000", why: "service" }],
    ["2026.5.28", {}, {}, env, { to: "127.0.0.1:4000", why: "release" }],
    ["2026.9.6", { accepted: ["checked-address"] }, {}, env, null],
    ["2026.9.6", {}, told(checkedAt), env, null],
    ["2026.9.6", {}, told("https://elsewhere.example/v1"), env, { why: "service" }],
    // The region of the key was found out; nothing of the environment is lost to a service.
    ["2026.9.6", {}, {}, {}, null],
  ])("%s, %o, %o", (release, choices, found, given, expected) => {
    const plan = planned({ era: eraFor(release).era, checkedAt, ...found }, choices);
    const unseen = unseenAddress(plan, given);
    if (expected === null) expect(unseen).toBe(null);
    else expect(unseen).toMatchObject(expected);
  });
});
