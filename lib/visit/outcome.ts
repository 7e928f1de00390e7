/** The outcome of a visit's plan: none, in progress, written or undone. */

import type { WriteRefusal } from "@/lib/files/types";
import type { CommandFailure } from "@/lib/openclaw/command/failure";
import type { PlanLimits } from "@/lib/openclaw/command/plan-limits";
import type { Dashboard } from "@/lib/openclaw/gateway/dashboard";
import type { InstallFailure } from "@/lib/openclaw/install/install";
import type { InstallPlan } from "@/lib/openclaw/install/plan";
import type { Result } from "@/lib/result";
import type { Launch, Made, TakenBack } from "@/lib/setup/launch/types";
import type { UnseenAddress } from "@/lib/setup/launch/unseen-address";
import type { StageName } from "@/lib/setup/stage";
import type { HandOver } from "@/lib/setup/types";
import type { Reply } from "@/lib/setup/verify/reply";
import type { Chosen } from "@/lib/setup/verify/reply-differences";
import type { Verification } from "@/lib/setup/verify/verify";
import type { Undone, Written } from "@/lib/setup/write/write";
import type { WriteFailure } from "@/lib/setup/write/write-failure";
import type { Job } from "@/lib/system/job";

export type WriteProblem =
  /** `choice`: changed in this visit, as in another tab; `file`: changed on disk. */
  | { readonly kind: "changed"; readonly by: "choice" | "doctor" | "file" }
  /** The installed OpenClaw would refuse the change; see the preflight. */
  | { readonly kind: "objected" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "refused"; readonly refusal: WriteRefusal }
  | {
      readonly kind: "hand-over-failed";
      readonly failure: Extract<WriteFailure, { kind: "hand-over" }>;
    }
  | { readonly kind: "broken" };

export interface VisitLaunch {
  readonly job: Job<void>;
  readonly launch: Launch;
}

export interface Applied {
  readonly kind: "applied";
  readonly written: Written;
  readonly chosen: Chosen;
  readonly verification: Job<Verification>;
  readonly reply: Job<Reply, StageName> | null;
  /** Null if no start was requested. */
  readonly launch: VisitLaunch | null;
  /** The gateway that ended for the write and starts again with it, if any. */
  readonly ended: Extract<Made, { kind: "ended" }> | null;
  /** Null if the gateway asks where the key was checked. */
  readonly unseen: UnseenAddress | null;
  readonly took: number;
  readonly before: readonly string[];
  readonly undoRefusal: WriteRefusal | null;
}

export type Outcome =
  | { readonly kind: "idle"; readonly problem: WriteProblem | null }
  | {
      readonly kind: "writing";
      readonly gives: HandOver["credential"] | "files";
      readonly job: Job<void, StageName>;
    }
  | Applied
  | { readonly kind: "undoing"; readonly applied: Applied; readonly job: Job<void, StageName> }
  | {
      readonly kind: "undone";
      readonly root: string;
      readonly undone: Undone;
      /** Null if the gateway was not touched. */
      readonly gateway: TakenBack | null;
      /** What OpenClaw created since the write, by name in the state directory. */
      readonly remains: readonly string[];
      /** Files among them that contain a credential of the write. */
      readonly holding: readonly string[];
    };

export const NOTHING_DONE: Outcome = { kind: "idle", problem: null };

/** A changed choice clears the last outcome, but not one in progress. */
export function choicesChanged(visit: { outcome: Outcome }): void {
  if (visit.outcome.kind !== "writing" && visit.outcome.kind !== "undoing") {
    visit.outcome = NOTHING_DONE;
  }
}

export type OpeningFailure = CommandFailure | { readonly code: "no-gateway" };
export type Opening = Job<Result<Dashboard, OpeningFailure>>;

export interface Installing {
  readonly plan: InstallPlan;
  readonly job: Job<Result<null, InstallFailure>, StageName>;
  /** npm's last line of output. */
  readonly line: string;
}

/** A plan's remaining limits; null if OpenClaw names no OpenAI login, `absent` without OpenClaw. */
export type LimitsAnswer = Result<PlanLimits | null, CommandFailure | { readonly code: "absent" }>;

/** An approved phone; `absent` without OpenClaw. */
export type Pairing = Job<Result<null, CommandFailure | { readonly code: "absent" }>>;

/** The answers for the page "Who answers and who pays". */
export interface WhoAsked {
  /** Identifies the files in question. */
  readonly of: string;
  readonly verification: Job<Verification>;
  readonly reply: Job<Reply, StageName> | null;
  readonly limits: Job<LimitsAnswer> | null;
}
