import { expect, it } from "vitest";
import { judge } from "@/lib/door/door";

const HOST = "localhost:1455";

function verdict(method: "GET" | "POST", headers: Record<string, string | string[]>) {
  const given: Record<string, string | string[]> = {
    host: HOST,
    ...(method === "POST" ? { origin: `http://${HOST}`, "content-length": "0" } : {}),
    ...headers,
  };
  return judge({
    method,
    target: "/key",
    header: (name) => [given[name] ?? []].flat(),
    hosts: [HOST],
    hasSession: true,
  });
}

const SAME = { "sec-fetch-site": "same-origin" };

it("lets in a change of our own page", () => {
  expect(verdict("POST", SAME)).toEqual({ kind: "enter" });
  expect(verdict("POST", {})).toEqual({ kind: "enter" });
});

it.each([
  ["ours first", ["same-origin", "cross-site"]],
  ["ours twice", ["same-origin", "same-origin"]],
  ["none and another", ["none", "same-site"]],
  ["in one line", ["same-origin, cross-site"]],
])("believes no site that is said twice: %s", (_, site) => {
  expect(verdict("POST", { "sec-fetch-site": site })).toMatchObject({ kind: "refuse" });
  expect(verdict("GET", { "sec-fetch-site": site })).toMatchObject({ kind: "refuse" });
});

it.each(["sec-fetch-mode", "sec-fetch-dest"])("nor %s", (name) => {
  const led = {
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
  };
  expect(verdict("GET", led)).toEqual({ kind: "enter" });
  const twice = { ...led, [name]: [led[name as keyof typeof led], "image"] };
  expect(verdict("GET", twice)).toMatchObject({ kind: "refuse" });
});
