/** Loads the implementation of each command on demand. */

import type { Command } from "@/cli/command";
import type { CommandName } from "@/cli/command-table";

export const LOADERS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  terminal: async () => (await import("@/cli/commands/terminal")).terminal,
  plan: async () => (await import("@/cli/commands/plan")).plan,
  apply: async () => (await import("@/cli/commands/apply")).apply,
  export: async () => (await import("@/cli/commands/export")).exportCommand,
  undo: async () => (await import("@/cli/commands/undo")).undo,
  rehearse: async () => (await import("@/cli/commands/rehearse")).rehearse,
  "sign-in": async () => (await import("@/cli/commands/sign-in")).signIn,
  status: async () => (await import("@/cli/commands/status")).status,
  doctor: async () => (await import("@/cli/commands/doctor")).doctor,
  completion: async () => (await import("@/cli/commands/completion")).completion,
};
