/** The exit codes of every command, as listed in its help. */

export const EXIT = {
  done: 0,
  unexpected: 1,
  /** Invalid options, answers file or standard input. */
  usage: 2,
  /** The key is missing or unusable, or the sign-in failed. */
  credential: 3,
  noPlan: 4,
  /** The files have changed since the plan was seen. */
  changed: 5,
  /** OpenClaw would refuse the files, or would not use the choice. */
  objected: 6,
  /** Nothing was written or undone, unless the report says otherwise. */
  notWritten: 7,
  /** OpenClaw does not confirm the written or rehearsed files. */
  unconfirmed: 8,
  /** Consent is needed, and there is no terminal to ask in. */
  needsYes: 9,
  found: 10,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
