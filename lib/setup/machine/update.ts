/** Whether an installed OpenClaw is known to fail here, and which release would do: offered, never taken up by itself. */

import { compareReleases, eraFor } from "@/lib/openclaw/releases/table";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { NEWEST_RELEASE } from "@/lib/setup/machine/target-release";

export interface Update {
  readonly release: string;
  /** The Node it needs. */
  readonly node: string;
  /** The data is of a newer release, or the account has no model that the installed one knows. */
  readonly why: "data" | "models";
}

/** `lacksModels`: the account lists no model that the installed release knows. Pure. */
export function updateFor(
  { installed, newerWriter, others }: Pick<MachineView, "installed" | "newerWriter" | "others">,
  lacksModels: boolean,
): Update | null {
  if (!installed) return null;
  const isFailing = (version: string) =>
    newerWriter !== null && compareReleases(version, newerWriter) < 0;
  // One that is here already is named instead of fetched anew.
  if (others.some(({ version }) => isFailing(installed.version) && !isFailing(version)))
    return null;
  const release =
    newerWriter !== null && compareReleases(newerWriter, NEWEST_RELEASE) > 0
      ? newerWriter
      : NEWEST_RELEASE;
  if (compareReleases(installed.version, release) >= 0) return null;
  const why = isFailing(installed.version) ? "data" : lacksModels ? "models" : null;
  return why && { release, node: eraFor(release).era.node, why };
}
