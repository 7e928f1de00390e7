/** Stand-ins: the same shape, nothing of the secret, and the way back. */

import * as fc from "fast-check";
import { expect, it } from "vitest";
import { fakeLogin } from "@/e2e/releases/fake-login";
import { StandIns } from "@/lib/setup/verify/rehearsal/stand-ins";

it.each([
  ["sk-proj-Ab3dEfGh1jKlMnOpQrStUvWx", /^sk-proj-[A-Z][a-z]\d/u],
  ["sk-0123456789abcdef0123456789abcdef", /^sk-\d{10}[a-z]{6}/u],
  ["123456789:AAExampleExampleExampleExample0", /^\d{9}:[A-Z]{3}/u],
  ["rt_0a1b2c3d4e5f6a7b8c9d", /^rt_\d[a-z]/u],
])("keeps the shape of %s", (secret, shape) => {
  const standIn = new StandIns().of(secret);
  expect(standIn).toMatch(shape);
  expect(standIn).toHaveLength(secret.length);
  expect(standIn).not.toBe(secret);
});

it("makes a token of the same claims, without the person, that is still good for days", () => {
  const { access } = fakeLogin("jane");
  const standIn = new StandIns().of(access);
  const claims = (token: string) =>
    JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
  const [before, after] = [claims(access), claims(standIn)];
  expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort());
  expect(after.iss).toBe(before.iss);
  const auth = "https://api.openai.com/auth";
  expect(after[auth].chatgpt_plan_type).toBe("plus");
  expect(after[auth].chatgpt_account_id).not.toBe(before[auth].chatgpt_account_id);
  expect(JSON.stringify(after)).not.toContain("jane");
  expect(after.exp * 1000).toBeGreaterThan(Date.now() + 5 * 24 * 60 * 60_000);
  expect(standIn.split(".")[2]).not.toBe(access.split(".")[2]);
});

it("leaves no secret in a text, and gives the same one the same stand-in", () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9_-]{16,60}$/u);
  fc.assert(
    fc.property(fc.uniqueArray(secret, { minLength: 1, maxLength: 6 }), (secrets) => {
      const standIns = new StandIns();
      for (const one of secrets) standIns.of(one);
      const text = JSON.stringify({ nested: secrets, joined: secrets.join("/") });
      const replaced = standIns.replaceIn(text);
      for (const one of secrets) {
        if (standIns.of(one) !== one) expect(replaced).not.toContain(one);
      }
      expect(() => JSON.parse(replaced)).not.toThrow();
    }),
  );
});

it("replaces a short secret only where it is a whole value", () => {
  const standIns = new StandIns();
  const standIn = standIns.of("password1");
  const text = '{"password1x": "mode", "password": "password1"}\nPW=password1\n';
  expect(standIns.replaceIn(text)).toBe(
    `{"password1x": "mode", "password": "${standIn}"}\nPW=${standIn}\n`,
  );
});

it("knows where the secret stands that it replaced, and what it never made", () => {
  const standIns = new StandIns();
  const origin = { kind: "config", path: "models.providers.openai.apiKey" } as const;
  expect(standIns.originsOf(standIns.of("sk-proj-0123456789abcdef", origin))).toEqual([origin]);
  expect(standIns.originsOf("sk-proj-0123456789abcdef")).toBeNull();
});
