/** What the last page may show and offer, by what was seen since the write. */

import { expect, it } from "vitest";
import type { Reply } from "@/lib/setup/verify/reply";
import type { Verification } from "@/lib/setup/verify/verify";
import type { Job } from "@/lib/system/job";
import { endingOf } from "@/lib/visit/later/ending";

const USABLE: Verification = {
  kind: "answered",
  valid: true,
  verdict: "usable",
  model: "openai/gpt-5.5",
  credential: { kind: "key-variable", key: "" },
  stored: [],
  backup: false,
  differences: [],
  detail: "",
};
const REPLIED: Reply = {
  kind: "replied",
  text: "pong",
  model: "openai/gpt-5.5",
  milliseconds: 1,
  credential: null,
  by: "gateway",
  isOlder: false,
  differences: [],
};
const NONE = {
  kind: "here",
  port: 18789,
  isRunning: false,
  isReady: false,
  startedAt: null,
  version: null,
  process: null,
  isOurs: false,
  services: [],
  others: [],
} as const;
const RUNNING = { ...NONE, isRunning: true, isReady: true, startedAt: 150 };

const job = <T>(result: Job<T, never>["result"]): Job<T, never> => ({
  startedAt: 0,
  endedAt: result && 1,
  result,
  stages: [],
  settled: Promise.resolve(),
  cancel: () => undefined,
  cancelled: false,
});
const done = <T>(value: T) => job({ kind: "done", value });
const launch = (isReady: boolean, isOver = true) => ({
  job: isOver ? done(undefined) : job<void>(null),
  launch: { steps: [], made: null, isReady },
});
const WRITTEN = {
  verification: done(USABLE),
  reply: null,
  launch: null,
  chosen: {
    model: "openai/gpt-5.5",
    behind: null,
    credential: { kind: "kept" },
    host: null,
    writtenAt: 100,
  },
} as const;

it.each<[string, Partial<Parameters<typeof endingOf>[0]>, typeof NONE | typeof RUNNING, object]>([
  ["a write of which nothing runs", {}, NONE, { canAsk: true, isOpen: false, wasBegun: false }],
  [
    "a write that OpenClaw is asked about",
    { verification: job<Verification>(null) },
    NONE,
    {
      canAsk: false,
      isAccepted: false,
      standing: "written",
    },
  ],
  ["a gateway that read the files", {}, RUNNING, { isOpen: true, isOlder: false }],
  [
    "a gateway from before",
    {},
    { ...RUNNING, startedAt: 50 },
    {
      isOpen: false,
      isOlder: true,
      standing: "written",
    },
  ],
  [
    "a start under way",
    { launch: launch(false, false) },
    RUNNING,
    {
      isStarting: true,
      isOpen: false,
      canAsk: false,
      wasBegun: true,
    },
  ],
  [
    "a start that failed at once",
    { launch: launch(false) },
    NONE,
    {
      standing: "written",
      wasBegun: false,
      canAsk: true,
    },
  ],
  [
    "a reply by what was chosen",
    { launch: launch(true), reply: done(REPLIED) },
    RUNNING,
    {
      standing: "answers",
      answer: REPLIED,
    },
  ],
  [
    "a reply of a gateway from before",
    { reply: done({ ...REPLIED, isOlder: true }) },
    RUNNING,
    {
      standing: "written",
      answer: null,
    },
  ],
])("%s", (_, outcome, gateway, expected) => {
  expect(endingOf({ ...WRITTEN, ...outcome }, gateway)).toMatchObject(expected);
});
