/** The types of a start of the gateway: its progress and how to undo it. */

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
  readonly startedAt: number;
  endedAt: number | null;
  /** Null while running or done. */
  failure: LaunchFailure | null;
  /** The gateway's last line of output, without secrets; "" if unknown. */
  line: string;
}

export type Made =
  | {
      readonly kind: "own";
      readonly gateway: OwnGateway;
      /** The environment of the gateway it replaced, if any. */
      readonly before: Readonly<Record<string, string>> | null;
    }
  /** The gateway ended for the write, and nothing has replaced it yet. */
  | { readonly kind: "ended"; readonly before: Readonly<Record<string, string>> }
  | { readonly kind: "installed" | "restarted" | "started" };

export interface Launch {
  steps: readonly LaunchStep[];
  made: Made | null;
  isReady: boolean;
}

export interface LaunchContext {
  readonly env: Environment;
  readonly profile: string | null;
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
}

export type TakenBack =
  | "ended"
  /** The earlier gateway runs again with the restored files. */
  | "runs-again"
  | "left";
