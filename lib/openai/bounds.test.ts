/** What a service may send: many entries, and numbers and names that nobody means. */

import { describe, expect, it } from "vitest";
import * as z from "zod";
import { readClaims } from "@/lib/openai/chatgpt/claims";
import { listedIds } from "@/lib/openai/models";

describe("a list of models", () => {
  it.each(["id", "slug"] as const)("of a hundred thousand entries takes no time: %s", (field) => {
    const entries = Array.from({ length: 100_000 }, (_, at) => ({ [field]: `gpt-${at}` }));
    const before = performance.now();
    const ids = listedIds(field).parse(entries);
    expect(performance.now() - before).toBeLessThan(1000);
    expect(ids.length).toBe(10_000);
  });

  it("passes over what is no id", () => {
    const entries = [
      { id: "gpt-5.5" },
      { id: "a\u202eb" },
      { id: 1 },
      null,
      "gpt-5",
      { slug: "x" },
    ];
    expect(listedIds("id").parse(entries)).toEqual(["gpt-5.5"]);
  });

  it("is refused where it is none", () => {
    expect(z.object({ data: listedIds("id") }).safeParse({ data: {} }).success).toBe(false);
  });
});

describe("claims of a token", () => {
  const claims = (payload: object) =>
    readClaims(`e30.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.x`);

  it.each([-1, 1e300, 253_402_300_800, "1"])("no time that is none: %s", (exp) => {
    expect(claims({ exp })?.expiresAt).toBeNull();
  });

  it("a time", () => {
    expect(claims({ exp: 2_000_000_000 })?.expiresAt).toBe(2_000_000_000_000);
  });

  it.each(["a\r\nx-evil: 1", "é", "", "a".repeat(257), "a b", 7])("no account id: %s", (id) => {
    const account = { chatgpt_account_id: id };
    expect(claims({ "https://api.openai.com/auth": account })?.accountId).toBeNull();
  });
});
