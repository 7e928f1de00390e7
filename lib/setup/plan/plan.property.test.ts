/**
 * The whole plan over generated configs and .env files: what it does not set stays, byte by byte, or
 * nothing is planned. ENDURANCE_RUNS=<n> makes that many, and prints what became of them.
 */

import fc from "fast-check";
import JSON5 from "json5";
import { expect, it, vi } from "vitest";
import { ERAS } from "@/lib/openclaw/releases/table";
import { planSetup } from "@/lib/setup/plan/plan";
import { chosen, machine, written } from "@/lib/setup/testing/machine";
import { type Document, printDocument, Tape } from "@/lib/text/json5/testing/document.arbitrary";

const RUNS = Number(process.env["ENDURANCE_RUNS"] ?? 600);
const tapes = fc.uint8Array({ maxLength: 1200, size: "max" });
/** What the planner may set or repair; all else is the person's alone. */
const OURS = new Set(["agents", "gateway", "env", "models", "plugins", "auth", "secrets"]);

// json5 warns of U+2028 in strings, which these documents are full of.
vi.spyOn(console, "warn").mockImplementation(() => undefined);

// biome-ignore format: a list to read, not to scroll
const DOTENV_LINES = [
  "", "# a note", "A=1", "export B='two words'", 'C="line\\nline"', "OPENAI_API_KEY=sk-old-0123456789",
  "  OPENAI_API_KEY = 'sk-old' # mine", "no assignment", "D=`x`", "É=1", "#OPENAI_API_KEY=off",
] as const;

function dotenv(tape: Tape): string {
  const eol = tape.pick(["\n", "\r\n"]);
  const lines = Array.from({ length: tape.below(6) }, () => tape.pick(DOTENV_LINES));
  return lines.map((line) => line + eol).join("") + (tape.oneIn(3) ? "LAST=1" : "");
}

it(`sets what was chosen and loses nothing, in each of ${RUNS} configs`, {
  timeout: 60_000 + RUNS * 30,
}, () => {
  const counts: Record<string, number> = {};
  fc.assert(
    fc.property(tapes, tapes, (bytes, more) => {
      const [document, tape] = [printDocument(new Tape(bytes)), new Tape(more)];
      const env = dotenv(tape);
      const snapshot = machine({
        config: document.text,
        dotenv: env,
        era: ERAS[tape.below(ERAS.length)] ?? (ERAS[0] as (typeof ERAS)[number]),
      });
      const plan = planSetup(snapshot, chosen());
      const what = plan.ok
        ? "planned"
        : plan.error.code === "edit-refused"
          ? `refused: ${plan.error.refusal.code}`
          : `refused: ${plan.error.code}`;
      counts[what] = (counts[what] ?? 0) + 1;
      if (!plan.ok) {
        expect(plan.error.code).not.toBe("config-unparsable");
        if (plan.error.code === "edit-refused")
          expect(plan.error.refusal.code).not.toBe("not-faithful");
        return;
      }
      expectKept(document, written(plan.value, "config") ?? document.text);
      const after = written(plan.value, "dotenv") ?? env;
      const others = (text: string) =>
        text.split(/\r?\n/u).filter((line) => !/OPENAI_API_KEY/u.test(line));
      for (const line of others(env)) expect(others(after)).toContain(line);
    }),
    { numRuns: RUNS },
  );
  if (RUNS > 600) process.stdout.write(`${RUNS} plans: ${JSON.stringify(counts)}\n`);
  expect(counts["planned"]).toBeGreaterThan(RUNS * 0.25);
});

function expectKept(document: Document, after: string): void {
  const meaning = JSON5.parse(after) as Record<string, unknown>;
  const before = JSON5.parse(document.text) as Record<string, unknown>;
  for (const key of Object.keys(before)) {
    if (!OURS.has(key)) expect(JSON5.stringify(meaning[key])).toBe(JSON5.stringify(before[key]));
  }
  for (const key of Object.keys(meaning)) {
    if (!OURS.has(key)) expect(Object.hasOwn(before, key)).toBe(true);
  }
  // Every entry of the person's and every comment outside ours, in order and as written.
  const entries = document.values[0]?.children ?? [];
  const ours = entries.filter((entry) => OURS.has(String(entry.path[0])));
  const parts = [
    ...entries
      .filter((entry) => !ours.includes(entry))
      .map(({ entryStart, end }) => ({ start: entryStart, end })),
    ...document.comments,
  ]
    .filter(({ start, end }) => !ours.some((own) => start >= own.entryStart && end <= own.end))
    .filter((part, _, all) => !all.some((other) => other !== part && holds(other, part)))
    // A comment beside an entry of ours may go with it when the entry is taken away.
    .filter(({ start, end }) => !ours.some((own) => sameLine(document.text, own, { start, end })))
    .sort((a, b) => a.start - b.start);
  let at = 0;
  for (const { start, end } of parts) {
    const text = document.text.slice(start, end);
    const found = after.indexOf(text, at);
    expect(found, text).toBeGreaterThanOrEqual(at);
    at = found + text.length;
  }
  expect(after.startsWith("\uFEFF")).toBe(document.text.startsWith("\uFEFF"));
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && outer.end >= inner.end;
}

function sameLine(text: string, entry: { readonly end: number }, part: Span): boolean {
  return part.start >= entry.end && !/[\n\r\u2028\u2029]/u.test(text.slice(entry.end, part.start));
}
