/** What is told of a start of the gateway while it goes on, and what there is to take back of it. */

import type { CommandFailure } from "@/lib/openclaw/command/failure";
import type { OwnGateway } from "@/lib/openclaw/gateway/session";
import type { Environment } from "@/lib/openclaw/places/home";
import type { LaunchObstacle } from "@/lib/setup/launch/way";

export interface LaunchObstacleMet {
  readonly code: LaunchObstacle;
  readonly sentence: "";
  readonly detail: "";
}

export type LaunchFailure = CommandFailure | LaunchObstacleMet;

export interface LaunchStep {
  readonly name: "install" | "restart" | "replace" | "start" | "ready";
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  endedAt: number | null;
  /** Null while it runs and once it is done. */
  failure: LaunchFailure | null;
  /** The last that the gateway printed, without secrets; "" where that is not seen. */
  line: string;
}

/** What there is to take back. */
export type Made =
  | {
      readonly kind: "own";
      readonly gateway: OwnGateway;
      /** The environment of the one whose place it took; null: none ran. */
      readonly before: Readonly<Record<string, string>> | null;
    }
  /** It was ended for the write, which needed the databases to itself; nothing runs in its place yet. */
  | { readonly kind: "ended"; readonly before: Readonly<Record<string, string>> }
  | { readonly kind: "installed" | "restarted" | "started" };

/** Changes while it goes on. */
export interface Launch {
  steps: readonly LaunchStep[];
  made: Made | null;
  /** The gateway takes turns. */
  isReady: boolean;
}

export interface LaunchContext {
  readonly env: Environment;
  readonly profile: string | null;
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
}

/** What an undo has done with the gateway. */
export type TakenBack =
  /** It runs no more. */
  | "ended"
  /** The one that ran before runs again, with the files as they were. */
  | "runs-again"
  /** It could not be done; the person has to. */
  | "left";
