import { expect, test } from "vitest";
import { isArrival, onwardFrom } from "@/lib/door/callback";

const own = new URL("http://localhost:1455");
const target = "/auth/callback?code=a%2Bb&state=s1";

test.each([
  ["/auth/callback?code=a", true],
  ["/auth/callback", true],
  ["/api/auth/callback/openai-codex?x", true],
  ["/auth/callback/x", false],
  ["/auth/callbackx?", false],
  ["/?/auth/callback", false],
])("%s is an arrival: %s", (path, expected) => {
  expect(isArrival(path)).toBe(expected);
});

test("leads into the visit at the name it was begun at, with everything that came along", () => {
  const attempt = { state: "s1", origin: own.origin };
  for (const known of [attempt, null]) {
    expect(onwardFrom(own, target, known).href).toBe(
      "http://localhost:1455/sign-in/return?code=a%2Bb&state=s1",
    );
  }
});

test("begun at another name: that name's arrival first, and only for the state given out there", () => {
  const origin = "http://127.0.0.1:1455";
  const first = onwardFrom(own, target, { state: "s1", origin });
  expect(first.href).toBe(`${origin}/api/auth/callback/openai-codex?code=a%2Bb&state=s1`);
  const second = onwardFrom(new URL(origin), first.pathname + first.search, {
    state: "s1",
    origin,
  });
  expect(second.href).toBe(`${origin}/sign-in/return?code=a%2Bb&state=s1`);
  expect(onwardFrom(own, target, { state: "s2", origin }).origin).toBe(own.origin);
});

test("never leaves this server, whatever the address says", () => {
  for (const path of ["/auth/callback?//evil.example", "/auth/callback?@evil.example/#x"]) {
    expect(onwardFrom(own, path, null).origin).toBe(own.origin);
  }
});
