/** Proposes an update if the installed OpenClaw is known to fail here. */

import { compareReleases, eraFor } from "@/lib/openclaw/releases/table";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { NEWEST_RELEASE } from "@/lib/setup/machine/target-release";

export interface Update {
  readonly release: string;
  readonly node: string;
  /** A newer release wrote the data, or the installed one knows none of the account's models. */
  readonly why: "data" | "models";
}

/** `lacksModels`: the installed release knows none of the account's models. Pure. */
export function updateFor(
  { installed, newerWriter, others }: Pick<MachineView, "installed" | "newerWriter" | "others">,
  lacksModels: boolean,
): Update | null {
  if (!installed) return null;
  const isFailing = (version: string) =>
    newerWriter !== null && compareReleases(version, newerWriter) < 0;
  // Names a suitable release that is installed already instead of downloading one.
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
