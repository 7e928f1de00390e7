/** One case of the proof on a real release, and the group it is run with. */

import type { Subject } from "./judge";

export type Group =
  | "key"
  | "refused"
  | "model"
  | "lived-in"
  | "login"
  | "place"
  | "gateway"
  /** Refused turns, and answers that are not by what was chosen. */
  | "answer"
  | "rehearsal"
  /** What is handed to other engines. */
  | "export"
  /** Only when asked for. */
  | "plugin";

export interface Case {
  readonly group: Group;
  readonly name: string;
  /** Runs also within `npm test`. */
  readonly short?: boolean;
  /** Throws `Wrong` when the release says otherwise; what it gives back is printed beside the verdict. */
  run(subject: Subject): Promise<string>;
}
