import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { printOneLine } from "@/server/one-line-console";

// What Next.js calls.
const told = globalThis.console;
const own = { ...told };
let printed: string[];

beforeEach(() => {
  printed = [];
  vi.useFakeTimers({ toFake: ["performance"] });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  printOneLine();
});
afterEach(() => {
  Object.assign(told, own);
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it("prints an error once, however late it is told again, and another one of the same words anew", () => {
  const error = new Error("Invalid request\n  at a stack");
  told.error(" ⨯", error);
  vi.advanceTimersByTime(60_000);
  told.error(error);
  expect(printed).toEqual(["⨯ Error: Invalid request\n"]);
  vi.advanceTimersByTime(60_000);
  told.error(new Error("Invalid request"));
  expect(printed).toHaveLength(2);
});

it("prints the same words once within three seconds, without control codes and secrets", () => {
  told.error("\u001b[2Jsk-proj-abcdefghijklmnopqrstuvwxyz0123456789");
  told.warn("\u001b[2Jsk-proj-abcdefghijklmnopqrstuvwxyz0123456789");
  expect(printed).toHaveLength(1);
  expect(printed[0]).not.toContain("\u001b");
  expect(printed[0]).not.toContain("abcdefghijklm");
});
