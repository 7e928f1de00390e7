import { describe, expect, it } from "vitest";
import type { Reply } from "@/lib/setup/verify/reply";
import { type Proofs, standingOf } from "@/lib/setup/verify/standing";
import { NO_GATEWAY, REPLIED, USABLE } from "@/lib/setup/verify/testing/proofs";

const OTHER = [{ what: "model", answered: "myproxy/foo", why: { kind: "pinned" } }] as const;
const REFUSED: Reply = {
  kind: "failed",
  failure: { code: "no-credit", sentence: "", detail: "", exitCode: 1 },
  by: "local",
};
const running = (startedAt: number | null) => ({ ...NO_GATEWAY, isRunning: true, startedAt });
const by = (process: { readonly isOwn?: boolean; readonly isOfTheseFiles?: boolean }) => ({
  ...running(150),
  process: {
    ...{ pid: 7, user: 1000, isOwn: true, unit: null, inContainer: false, startedAt: null },
    isOpenClaw: true,
    isOfTheseFiles: null,
    ...process,
  },
});

describe("standingOf", () => {
  it.each<[string, Partial<Proofs>, string]>([
    ["the status alone", {}, "accepted"],
    ["nothing yet", { verification: null }, "written"],
    ["a config it refuses", { verification: { ...USABLE, valid: false } }, "written"],
    ["another credential", { verification: { ...USABLE, differences: OTHER } }, "written"],
    ["a reply by what was chosen", { reply: REPLIED }, "answered"],
    ["a reply where the status was unsure", { reply: REPLIED, verification: null }, "answered"],
    ["a reply from elsewhere", { reply: { ...REPLIED, differences: OTHER } }, "written"],
    ["a reply of a gateway from before", { reply: { ...REPLIED, isOlder: true } }, "written"],
    ["a reply that was refused", { reply: REFUSED }, "written"],
    ["a reply that failed here", { replyFailed: true }, "written"],
    ["a gateway from before", { gateway: running(50) }, "written"],
    ["a gateway that does not say since when", { gateway: running(null) }, "written"],
    ["a gateway started since", { gateway: running(150) }, "accepted"],
    ["another user's gateway", { gateway: by({ isOwn: false }) }, "written"],
    ["a gateway on other files", { gateway: by({ isOfTheseFiles: false }) }, "written"],
    [
      "a gateway of root's on these files",
      { gateway: by({ isOwn: false, isOfTheseFiles: true }) },
      "accepted",
    ],
    ["another program at its port", { gateway: { ...by({}), isRunning: false } }, "written"],
    ["another machine's gateway", { gateway: { kind: "remote", host: null } }, "written"],
  ])("%s", (_, proofs, standing) => {
    const usual = { verification: USABLE, reply: null, replyFailed: false, gateway: NO_GATEWAY };
    expect(standingOf({ ...usual, writtenAt: 100, ...proofs })).toBe(standing);
  });
});
