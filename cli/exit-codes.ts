/** What the number says with which a command ends; the same for every command, and in its help. */

export const EXIT = {
  done: 0,
  /** Nobody foresaw it. */
  unexpected: 1,
  /** An option, an answers file or the text on standard input is not what it should be. */
  usage: 2,
  /** There is no key, or it cannot be used; or the sign-in did not come about. */
  credential: 3,
  /** Nothing can be planned for these files. */
  noPlan: 4,
  /** The files are not as they were when the plan was seen. */
  changed: 5,
  /** The installed OpenClaw would refuse it, or would use something else than was chosen. */
  objected: 6,
  /** It could not be written or taken back; all is as it was, unless it says otherwise. */
  notWritten: 7,
  /** OpenClaw does not confirm what was written or rehearsed. */
  unconfirmed: 8,
  /** Somebody has to say yes, and there is no terminal to ask in. */
  needsYes: 9,
  /** `doctor` found something wrong. */
  found: 10,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
