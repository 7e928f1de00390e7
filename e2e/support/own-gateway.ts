/** The gateway that a tested program has started, as that program itself would find it. */

import { join } from "node:path";
import { type OwnGateway, ownGateway, stopOwnGateway } from "@/lib/openclaw/gateway/session";

/** Null if none runs. Its note counts only under the key that lies in `home`, not in the home of these tests. */
export function gatewayOf(home: string): OwnGateway | null {
  const usual = process.env["XDG_STATE_HOME"];
  process.env["XDG_STATE_HOME"] = join(home, ".local", "state");
  try {
    return ownGateway(join(home, ".openclaw"));
  } finally {
    if (usual === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = usual;
  }
}

/** What answers goes on without the page, so a test ends it. */
export async function stopGatewayOf(home: string): Promise<void> {
  const left = gatewayOf(home);
  if (left) await stopOwnGateway(left);
}
