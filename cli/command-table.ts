/** The table of commands and their options. */

import type { OptionName } from "@/cli/options";

export interface CommandEntry {
  readonly options: readonly OptionName[];
  /** This option's name may be omitted. */
  readonly operand?: OptionName;
}

const ALWAYS = ["json", "profile", "locale", "help"] as const;
const CHOICES = [
  "answers",
  "key-file",
  "key-env",
  "any-key",
  "model",
  "key-form",
  "other-default",
  "accept",
  "decline",
  "target",
  "ask-doctor",
] as const;

export const COMMANDS = {
  terminal: { options: ["plain", "profile", "locale", "help"] },
  plan: { options: [...CHOICES, ...ALWAYS] },
  apply: { options: [...CHOICES, "digest", "yes", "dry-run", ...ALWAYS] },
  export: {
    options: [
      "to",
      "release",
      "out",
      "update",
      "with-secrets",
      "key-file",
      "key-env",
      "answers",
      "model",
      "key-form",
      "other-default",
      "accept",
      "decline",
      "yes",
      "dry-run",
      ...ALWAYS,
    ],
  },
  undo: { options: ["yes", "dry-run", ...ALWAYS] },
  rehearse: { options: [...CHOICES, ...ALWAYS] },
  "sign-in": { options: [...CHOICES, "paste", "yes", "dry-run", ...ALWAYS] },
  status: { options: ALWAYS },
  doctor: { options: ALWAYS },
  completion: { options: ["shell", "json", "locale", "help"], operand: "shell" },
} as const satisfies Record<string, CommandEntry>;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
