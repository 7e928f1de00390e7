import { expect, test } from "vitest";
import { createMemoryTokenStore } from "@/lib/sign-in/token-store";

test("keeps by an id that tells nothing, until it is deleted", async () => {
  const store = createMemoryTokenStore<{ token: string }>();
  const value = { token: "secret" };
  const [a, b] = [await store.put(value), await store.put(value)];
  expect(a).toMatch(/^[\w-]{43}$/u);
  expect(a).not.toBe(b);
  expect(await store.get(a)).toBe(value);
  await store.delete(a);
  await store.delete("never there");
  expect(await store.get(a)).toBe(null);
  expect(await store.get(b)).toBe(value);
  expect(await store.get("constructor")).toBe(null);
});

test("forgets after its time, and the oldest when it is full", async () => {
  let now = 0;
  const store = createMemoryTokenStore<number>({ lifetimeMs: 100, capacity: 2, now: () => now });
  const first = await store.put(1);
  now = 99;
  expect(await store.get(first)).toBe(1);
  now = 100;
  expect(await store.get(first)).toBe(null);
  const ids = [await store.put(2), await store.put(3), await store.put(4)];
  expect(await Promise.all(ids.map((id) => store.get(id)))).toEqual([null, 3, 4]);
});
