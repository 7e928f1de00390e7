/** What the last page may show and offer, by what was seen since the write. */

import { expect, it } from "vitest";
import { NO_GATEWAY, REPLIED, USABLE } from "@/lib/setup/verify/testing/proofs";
import type { Verification } from "@/lib/setup/verify/verify";
import type { Job } from "@/lib/system/job";
import { endingOf } from "@/lib/visit/later/ending";

const BY_GATEWAY = { ...REPLIED, by: "gateway" } as const;
const RUNNING = { ...NO_GATEWAY, isRunning: true, isReady: true, startedAt: 150 };

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

it.each<
  [string, Partial<Parameters<typeof endingOf>[0]>, typeof NO_GATEWAY | typeof RUNNING, object]
>([
  [
    "a write of which nothing runs",
    {},
    NO_GATEWAY,
    { canAsk: true, isOpen: false, wasBegun: false },
  ],
  [
    "a write that OpenClaw is asked about",
    { verification: job<Verification>(null) },
    NO_GATEWAY,
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
    NO_GATEWAY,
    {
      standing: "written",
      wasBegun: false,
      canAsk: true,
    },
  ],
  [
    "a reply by what was chosen",
    { launch: launch(true), reply: done(BY_GATEWAY) },
    RUNNING,
    {
      standing: "answers",
      answer: BY_GATEWAY,
    },
  ],
  [
    "a reply of a gateway from before",
    { reply: done({ ...BY_GATEWAY, isOlder: true }) },
    RUNNING,
    {
      standing: "written",
      answer: null,
    },
  ],
])("%s", (_, outcome, gateway, expected) => {
  expect(endingOf({ ...WRITTEN, ...outcome }, gateway)).toMatchObject(expected);
});
