/** A whole visit as a command line would make it: no page, no Next.js, a real disk. */

import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createCallbackRelay } from "@/lib/openai/chatgpt/relay";
import { KEY } from "@/lib/setup/testing/machine";
import { createMemoryTokenStore } from "@/lib/sign-in/token-store";
import { startJob } from "@/lib/system/job";
import { acceptBackup } from "@/lib/visit/backup";
import { answersOf } from "@/lib/visit/choices/answers";
import { endVisit } from "@/lib/visit/end-visit";
import { offerKey } from "@/lib/visit/key";
import { givenKey } from "@/lib/visit/key-state";
import { readSnapshot } from "@/lib/visit/machine";
import { choicesChanged, type Outcome } from "@/lib/visit/outcome";
import { choicesStamp, planOf } from "@/lib/visit/plan-for-visit";
import { newVisit, type Visit } from "@/lib/visit/visit";
import { askForReply, cancelAsking, cancelWrite, startUndo, startWrite } from "@/lib/visit/write";

let home: string;
let visit: Visit;
const dotenv = () => join(home, ".openclaw", ".env");

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "visit-")));
  const store = createMemoryTokenStore<never>();
  const relay = createCallbackRelay();
  visit = newVisit({
    env: { HOME: home, PATH: "" },
    profile: null,
    signIn: { secret: "not-used-here", store, relay, attempt: null },
  });
  visit.auth = "api-key";
  const check = startJob(async () => ({ kind: "unreachable" }) as never);
  visit.key = { kind: "given", value: KEY, notices: [], check, asBackup: false };
  visit.model = "openai/gpt-5.5";
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function digest(): Promise<string> {
  const plan = planOf(visit, await readSnapshot(visit), null);
  if (!plan?.ok) throw new Error("no plan");
  return plan.value.digest;
}

async function settled(): Promise<void> {
  if ("job" in visit.outcome) await visit.outcome.job.settled;
}

it("takes as backup the very key the person said it of, and none that is given after it", async () => {
  const host = {
    ...visit.host,
    env: { ...visit.host.env, OPENAI_BASE_URL: "http://127.0.0.1:9/v1" },
  };
  visit = { ...visit, host };
  const first = await offerKey(visit, KEY);
  await first?.settled;
  acceptBackup(visit);
  expect(answersOf(visit).backup).toBe(true);
  const second = await offerKey(visit, `${KEY}b`);
  await second?.settled;
  expect(givenKey(visit)?.value).toBe(`${KEY}b`);
  expect(answersOf(visit).backup).toBe(false);
});

it("writes what was shown, and takes it back", async () => {
  await startWrite(visit, await digest());
  await settled();
  if (visit.outcome.kind !== "applied") throw new Error(visit.outcome.kind);
  await visit.outcome.verification.settled;
  expect(visit.outcome.verification.result).toMatchObject({ value: { kind: "not-installed" } });
  expect(readFileSync(dotenv(), "utf8")).toContain(KEY);
  await startUndo(visit);
  await settled();
  expect(visit.outcome).toMatchObject({ kind: "undone", undone: { left: null } });
  expect(existsSync(dotenv())).toBe(false);
});

it("writes nothing that was not shown, and says so until a choice changes", async () => {
  await startWrite(visit, "0".repeat(64));
  expect(visit.outcome).toEqual({ kind: "idle", problem: { kind: "changed", by: "file" } });
  choicesChanged(visit);
  expect(visit.outcome).toEqual({ kind: "idle", problem: null });
  expect(existsSync(join(home, ".openclaw"))).toBe(false);
});

it("says why it could not be written, and what is in the way stays", async () => {
  mkdirSync(join(home, ".openclaw"));
  writeFileSync(dotenv(), "OTHER=1\n", { mode: 0o600 });
  linkSync(dotenv(), join(home, "the-same-file"));
  await startWrite(visit, await digest());
  await settled();
  expect(visit.outcome).toMatchObject({ kind: "idle", problem: { kind: "refused" } });
  expect(readFileSync(dotenv(), "utf8")).toBe("OTHER=1\n");
  expect(existsSync(join(home, ".openclaw", "openclaw.json"))).toBe(false);
});

it("a write under way is neither begun twice nor forgotten by a choice", async () => {
  const agreed = await digest();
  const seen: string[] = [];
  let { outcome } = visit;
  Object.defineProperty(visit, "outcome", {
    get: () => outcome,
    set: (next: Outcome) => {
      outcome = next;
      seen.push(next.kind);
    },
  });
  const first = startWrite(visit, agreed);
  const second = startWrite(visit, agreed);
  while (visit.outcome.kind === "idle") await setImmediate();
  choicesChanged(visit);
  expect(visit.outcome.kind).toBe("writing");
  await Promise.all([first, second]);
  await settled();
  expect(seen).toEqual(["writing", "applied"]);
});

it("nothing is asked, undone or cancelled where nothing was written", async () => {
  askForReply(visit, "words");
  await cancelAsking(visit);
  await cancelWrite(visit);
  await startUndo(visit);
  expect(visit.outcome).toEqual({ kind: "idle", problem: null });
});

it("ends with what was under way finished, and keeps no key", async () => {
  const write = startWrite(visit, await digest());
  await write;
  const under = visit.outcome.kind === "writing";
  expect(await endVisit(visit)).toBe(under ? "finished" : "idle");
  expect(visit.key).toEqual({ kind: "none" });
});

it("tells a choice of another tab from a file that changed", async () => {
  const [seen, stamp] = [await digest(), choicesStamp(visit)];
  visit.model = "openai/gpt-5.6";
  await startWrite(visit, seen, null, stamp);
  expect(visit.outcome).toEqual({ kind: "idle", problem: { kind: "changed", by: "choice" } });
  mkdirSync(join(home, ".openclaw"));
  const again = await digest();
  writeFileSync(dotenv(), "MINE=1\n");
  await startWrite(visit, again, null, choicesStamp(visit));
  expect(visit.outcome).toEqual({ kind: "idle", problem: { kind: "changed", by: "file" } });
  expect(stamp).not.toBe(choicesStamp(visit));
});

it("tells a choice of another tab also where it left nothing to write", async () => {
  const [seen, stamp] = [await digest(), choicesStamp(visit)];
  visit.key = { kind: "none" };
  await startWrite(visit, seen, null, stamp);
  expect(visit.outcome).toEqual({ kind: "idle", problem: { kind: "changed", by: "choice" } });
});

it("runs no doctor of an older release than the one that wrote the data", async () => {
  const program = join(home, "program");
  mkdirSync(program);
  const version = "2026.8.1";
  writeFileSync(
    join(program, "package.json"),
    JSON.stringify({ name: "openclaw", version, engines: { node: ">=20" } }),
  );
  const log = join(program, "log");
  const text = `import { appendFileSync } from "node:fs";
appendFileSync(${JSON.stringify(log)}, process.argv.slice(2).join(" ") + "\\n");
`;
  writeFileSync(join(program, "openclaw.mjs"), text, { mode: 0o755 });
  const path = { PATH: dirname(process.execPath), OPENCLAW_BIN: join(program, "openclaw.mjs") };
  const env = { ...visit.host.env, ...path };
  visit = { ...visit, host: { ...visit.host, env } };
  const store = join(home, ".openclaw", "agents", "main", "agent");
  mkdirSync(store, { recursive: true });
  const profile = { type: "api_key", provider: "openai", key: "sk-proj-older-0123456789abcdef" };
  const profiles = { version: 1, profiles: { "openai:default": profile } };
  writeFileSync(join(store, "auth-profiles.json"), JSON.stringify(profiles));
  const config = join(home, ".openclaw", "openclaw.json");
  const before = JSON.stringify({ meta: { lastTouchedVersion: "2026.9.6" } });
  writeFileSync(config, before);
  await startWrite(visit, await digest());
  await settled();
  expect(existsSync(log) ? readFileSync(log, "utf8") : "").not.toContain("doctor");
  expect(visit.outcome.kind).toBe("idle");
  expect(readFileSync(config, "utf8")).toBe(before);
});
