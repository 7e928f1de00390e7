/** Lists sign-in methods that only the installed OpenClaw offers, as commands. Pure. */

import { OPENAI_PROVIDERS } from "@/lib/openclaw/releases/names";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { shellCommand } from "@/lib/system/shell-words";

export interface OwnSignIn {
  readonly method: string;
  readonly label: string | null;
  readonly hint: string | null;
  readonly command: string;
}

/** Methods that this program implements, by the releases' names (2026.5.28 to 2026.9.6). */
const DONE_HERE = ["oauth", "device-code", "api-key"];

/** Empty if `models auth login` has no `--method`, or its help is not read yet. */
export function ownSignIns({
  installed,
  told,
  reading,
  snapshot,
}: Pick<MachineView, "installed" | "told" | "reading" | "snapshot">): readonly OwnSignIn[] {
  if (installed === null || told === null || reading?.signsInByMethod === false) return [];
  return told.signInWays
    .filter(
      ({ provider, method }) => OPENAI_PROVIDERS.includes(provider) && !DONE_HERE.includes(method),
    )
    .map(({ provider, method, label, hint }) => {
      const args = ["models", "auth", "login", "--provider", provider, "--method", method];
      return { method, label, hint, command: commandOf(snapshot, args) };
    });
}

export function modelCommand({ snapshot }: Pick<MachineView, "snapshot">): string {
  return commandOf(snapshot, ["models", "set", snapshot.era.defaultModel.chatgpt]);
}

function commandOf({ profile }: MachineView["snapshot"], args: readonly string[]): string {
  return shellCommand(["openclaw", ...(profile === null ? [] : ["--profile", profile]), ...args]);
}
