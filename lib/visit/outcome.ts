/** What became of the plan of a visit: nothing yet, on its way, written, or taken back. */

import type { WriteRefusal } from "@/lib/files/types";
import type { CommandFailure } from "@/lib/openclaw/command/failure";
import type { Dashboard } from "@/lib/openclaw/gateway/dashboard";
import type { InstallFailure } from "@/lib/openclaw/install/install";
import type { InstallPlan } from "@/lib/openclaw/install/plan";
import type { Result } from "@/lib/result";
import type { Launch, Made, TakenBack } from "@/lib/setup/launch/types";
import type { HandOver } from "@/lib/setup/types";
import type { Reply } from "@/lib/setup/verify/reply";
import type { Chosen } from "@/lib/setup/verify/reply-differences";
import type { Verification } from "@/lib/setup/verify/verify";
import type { Undone, Written } from "@/lib/setup/write/write";
import type { WriteFailure } from "@/lib/setup/write/write-failure";
import type { Job } from "@/lib/system/job";

/** Why a write that was asked for did not come about. */
export type WriteProblem =
  /** The files are not what the preview showed any more. */
  /** `choice`: of this visit, as in another tab; `file`: on the disk. */
  | { readonly kind: "changed"; readonly by: "choice" | "file" }
  /** The installed OpenClaw would refuse the change; the preflight says why. */
  | { readonly kind: "objected" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "refused"; readonly refusal: WriteRefusal }
  | {
      readonly kind: "hand-over-failed";
      readonly failure: Extract<WriteFailure, { kind: "hand-over" }>;
    }
  /** It ended in a way that nobody foresaw. */
  | { readonly kind: "broken" };

/** A start of the gateway, under way or over. */
export interface VisitLaunch {
  readonly job: Job<void>;
  readonly launch: Launch;
}

export interface Applied {
  readonly kind: "applied";
  readonly written: Written;
  /** What it was to bring about; what answers is compared with it. */
  readonly chosen: Chosen;
  /** What the installed OpenClaw says of it. */
  readonly verification: Job<Verification>;
  readonly reply: Job<Reply> | null;
  /** The gateway started or restarted with it; null: that was not asked for. */
  readonly launch: VisitLaunch | null;
  /** The gateway that was ended for the write, and is started again with it; null: none was. */
  readonly ended: Extract<Made, { kind: "ended" }> | null;
  /** How long the write took, in milliseconds. */
  readonly took: number;
  /** What lay in the state directory before the write, by name. */
  readonly before: readonly string[];
  /** Why the last Undo did not come about. */
  readonly undoRefusal: WriteRefusal | null;
}

export type Outcome =
  | { readonly kind: "idle"; readonly problem: WriteProblem | null }
  | {
      readonly kind: "writing";
      /** What OpenClaw is given by it, or the files alone. */
      readonly gives: HandOver["credential"] | "files";
      readonly job: Job<void>;
    }
  | Applied
  | { readonly kind: "undoing"; readonly applied: Applied; readonly job: Job<void> }
  | {
      readonly kind: "undone";
      readonly root: string;
      readonly undone: Undone;
      /** What became of the gateway; null: it was not touched. */
      readonly gateway: TakenBack | null;
      /** What OpenClaw made since the write, by its name in the state directory. */
      readonly remains: readonly string[];
      /** Those of them, as files, in which a credential of the write stands. */
      readonly holding: readonly string[];
    };

export const NOTHING_DONE: Outcome = { kind: "idle", problem: null };

/** A choice that changes ends what was said of the last write; one under way goes on. */
export function choicesChanged(visit: { outcome: Outcome }): void {
  if (visit.outcome.kind !== "writing" && visit.outcome.kind !== "undoing") {
    visit.outcome = NOTHING_DONE;
  }
}

/** Why the dashboard could not be opened. */
export type OpeningFailure = CommandFailure | { readonly code: "no-gateway" };
/** The way into it, being made or made. */
export type Opening = Job<Result<Dashboard, OpeningFailure>>;

/** OpenClaw, or a Node for it, on its way onto this machine or there. */
export interface Installing {
  readonly plan: InstallPlan;
  readonly job: Job<Result<null, InstallFailure>>;
  /** The last that npm has said. */
  readonly line: string;
}
