/** The reasons why a plan was not written. */

import type { WriteRefusal } from "@/lib/files/types";
import { err } from "@/lib/result";

export type HandOverCode =
  | "not-installed"
  | "node-misfit"
  | "openclaw-running"
  | "command-failed"
  | "timed-out"
  | "cancelled"
  | "login-missing";

export type WriteFailure =
  | { readonly kind: "files"; readonly refusal: WriteRefusal }
  | {
      readonly kind: "hand-over";
      readonly code: HandOverCode;
      readonly detail: string;
      /** Why not everything could be restored; null if all was. */
      readonly left: WriteRefusal | null;
    };

export const refused = (refusal: WriteRefusal) => err<WriteFailure>({ kind: "files", refusal });
