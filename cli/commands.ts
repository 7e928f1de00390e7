/** The commands by their names, each loaded when it is asked for. */

import type { Command } from "@/cli/command";
import type { OptionName } from "@/cli/options";

export interface CommandEntry {
  /** In the order of the help. */
  readonly options: readonly OptionName[];
  readonly load: () => Promise<Command>;
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
] as const;

export const COMMANDS = {
  plan: {
    options: [...CHOICES, ...ALWAYS],
    load: async () => (await import("@/cli/commands/plan")).plan,
  },
  apply: {
    options: [...CHOICES, "digest", "yes", "dry-run", ...ALWAYS],
    load: async () => (await import("@/cli/commands/apply")).apply,
  },
  export: {
    options: [
      "to",
      "release",
      "out",
      "update",
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
    load: async () => (await import("@/cli/commands/export")).exportCommand,
  },
  undo: {
    options: ["yes", "dry-run", ...ALWAYS],
    load: async () => (await import("@/cli/commands/undo")).undo,
  },
  rehearse: {
    options: [...CHOICES, ...ALWAYS],
    load: async () => (await import("@/cli/commands/rehearse")).rehearse,
  },
  "sign-in": {
    options: [...CHOICES, "yes", "dry-run", ...ALWAYS],
    load: async () => (await import("@/cli/commands/sign-in")).signIn,
  },
  status: {
    options: ALWAYS,
    load: async () => (await import("@/cli/commands/status")).status,
  },
  doctor: {
    options: ALWAYS,
    load: async () => (await import("@/cli/commands/doctor")).doctor,
  },
} as const satisfies Record<string, CommandEntry>;

export type CommandName = keyof typeof COMMANDS;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}
