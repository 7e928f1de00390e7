/** Why a plan was not written. */

import type { WriteRefusal } from "@/lib/files/types";
import { err } from "@/lib/result";

export type HandOverCode =
  | "not-installed"
  | "node-misfit"
  /** A running OpenClaw has the store open: it could neither be copied nor put back. */
  | "openclaw-running"
  | "command-failed"
  | "timed-out"
  | "cancelled"
  /** The command ended well and OpenClaw does not list the login. */
  | "login-missing";

export type WriteFailure =
  | { readonly kind: "files"; readonly refusal: WriteRefusal }
  | {
      readonly kind: "hand-over";
      readonly code: HandOverCode;
      readonly detail: string;
      /** Why not everything could be put back; null: all is as it was. */
      readonly left: WriteRefusal | null;
    };

/** The files as they are forbid it. */
export const refused = (refusal: WriteRefusal) => err<WriteFailure>({ kind: "files", refusal });
