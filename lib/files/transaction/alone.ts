/** Gives one transaction or step the state directory to itself: private, locked and recovered. */

import { ensurePrivateDirectory, type Place } from "@/lib/files/place";
import { openSteps, recoverLocked } from "@/lib/files/recover";
import { Refused } from "@/lib/files/refused";
import { acquireLock, type Lock } from "@/lib/files/transaction/lock";
import { ensureKey } from "@/lib/files/transaction/seal";
import { identifySelf, isGone } from "@/lib/system/process-identity";

export interface Alone {
  readonly lock: Lock;
  /** New folders of ours that are not on the disk yet. */
  readonly unsynced: readonly string[];
  /** Ends when the key is there under which records count. */
  readonly sealed: Promise<void>;
}

/** Resolves to what `work` does under the lock. Throws `Refused` where another process works, or a recovery is needed. */
export async function alone<T>(place: Place, work: (held: Alone) => Promise<T>): Promise<T> {
  const unsynced = await ensurePrivateDirectory(place);
  const lock = acquireLock(place);
  const sealed = ensureKey();
  try {
    await recoverLocked(place);
    demandNoStepOfOthers(place);
    return await work({ lock, unsynced, sealed });
  } finally {
    await sealed;
    lock.release();
  }
}

/** A step of another process is changing files at this moment, and may be undone. */
function demandNoStepOfOthers(place: Place): void {
  const self = identifySelf();
  for (const { directory, holder } of openSteps(place)) {
    const own = holder.pid === self.pid && holder.started === self.started;
    if (!own && !isGone(holder, 0))
      throw new Refused("locked", directory, `held by process ${holder.pid}`);
  }
}
