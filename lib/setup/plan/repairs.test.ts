import { expect, it } from "vitest";
import { withGone } from "@/lib/setup/plan/repairs";
import type { Repair } from "@/lib/setup/types";

const repair = (id: string): Repair => ({
  id,
  kind: "retired-key",
  data: {},
  accepted: true,
  important: true,
  onRequest: false,
  blocked: null,
});
const LONG = "Speak like a pirate. ".repeat(40);
const SECRET = "sk-proj-abcdefghijklmnopqrstuvwxyz0123";
const CONFIG = { messages: { greeting: LONG }, tools: { web: { apiKey: SECRET, limit: 3 } } };

it("shows all of a long text that goes, masks what goes by its place, and says nothing of what is replaced", () => {
  const finding = (id: string, edits: Parameters<typeof withGone>[1][number]["edits"]) => ({
    ...repair(id),
    edits,
  });
  const repairs = withGone(
    [repair("text"), repair("web"), repair("set"), repair("absent")],
    [
      finding("text", [{ op: "remove", path: ["messages", "greeting"] }]),
      finding("web", [{ op: "remove", path: ["tools", "web"] }]),
      finding("set", [
        { op: "remove", path: ["messages", "greeting"] },
        { op: "set", path: ["messages", "hello"], value: LONG },
      ]),
      finding("absent", [{ op: "remove", path: ["nowhere"] }]),
    ],
    CONFIG,
    [],
  );
  expect(repairs[0]?.gone).toContain(LONG);
  expect(repairs[1]?.gone).toContain('"limit": 3');
  expect(repairs[1]?.gone).not.toContain("mnopqrstuvwxyz");
  expect(repairs.slice(2).map(({ gone }) => gone)).toEqual([undefined, undefined]);
});
