import { expect, it } from "vitest";
import { RateLimit } from "@/lib/door/rate-limit";
import { SessionStore } from "@/lib/door/sessions";

it("lets so many through at once, then so many a second, and saves up no more than the burst", () => {
  let now = 0;
  const limit = new RateLimit({ burst: 3, perSecond: 0.5, now: () => now });
  expect([limit.take(), limit.take(), limit.take(), limit.take()]).toEqual([0, 0, 0, 2]);
  now = 1000;
  expect(limit.take()).toBe(1);
  now = 2000;
  expect([limit.take(), limit.take()]).toEqual([0, 2]);
  now = 1_000_000;
  expect([limit.take(), limit.take(), limit.take(), limit.take()]).toEqual([0, 0, 0, 2]);
});

it("keeps sixteen visits, and the oldest gives way", () => {
  const store = new SessionStore();
  const visits = Array.from({ length: 17 }, () => store.create(null));
  expect(store.find(visits[0]?.id)).toBeNull();
  for (const visit of visits.slice(1)) expect(store.find(visit.id)).toBe(visit);
  expect(store.find("__proto__")).toBeNull();
});
