/**
 * Which user of this machine is at the other end of a loopback connection. Browsers send a cookie to
 * every port of a host, so a web server of another user can be handed ours; the kernel, which knows
 * whose a connection is, tells that user from the one whose browser was let in. Linux only: elsewhere
 * nobody can be told apart, and the answer is null.
 */

import { isIPv4 } from "node:net";
import { endianness } from "node:os";
import { readText } from "@/lib/system/read.mjs";

export interface Connection {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
}

/** Of the kernel, proc(5): IPv4, and IPv6 with what comes to it as IPv4. */
export const TABLES = ["/proc/net/tcp", "/proc/net/tcp6"];

/** Never rejects. Who has let go of the connection meanwhile is nobody. */
export async function peerUser(connection: Connection): Promise<number | null> {
  // A table takes the kernel a millisecond and more: the likelier one first, the other only when needed.
  const tables = isIPv4(connection.localAddress ?? "") ? TABLES : TABLES.toReversed();
  for (const path of tables) {
    const user = userIn(readText(path) ?? "", connection);
    if (user !== null) return user;
  }
  return null;
}

/** `table`: rows as in proc(5), `/proc/net/tcp`. */
export function userIn(table: string, connection: Connection): number | null {
  const { remoteAddress = "", remotePort = 0, localAddress = "", localPort = 0 } = connection;
  const ours = forms(localAddress, localPort);
  // Their end of it: what is remote to us is local to them.
  for (const [i, theirs] of forms(remoteAddress, remotePort).entries()) {
    // Thousands of rows may be there, of connections just ended for the most part.
    const at = table.indexOf(` ${theirs} ${ours[i]} `);
    if (at === -1) continue;
    const [row = ""] = table.slice(at).split("\n", 1);
    const [, , , , , , user, , inode] = row.trim().split(/\s+/u);
    // Without an inode nobody holds it any more, and the user shown is the administrator's.
    return inode === undefined || inode === "0" ? null : Number(user);
  }
  return null;
}

/** The end of an address in the tables. */
export function portForm(port: number): string {
  return `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** An address as the tables write it: 32 bits at a time, as they lie in memory. */
function forms(address: string, port: number): string[] {
  const at = portForm(port);
  if (address === "::1") return [`${"0".repeat(24)}${word([0, 0, 0, 1])}${at}`];
  if (!isIPv4(address)) return [];
  const four = word(address.split(".").map(Number));
  // A socket of the other family may have been used for it.
  return [`${four}${at}`, `${"0".repeat(16)}${word([0, 0, 0xff, 0xff])}${four}${at}`];
}

function word(bytes: readonly number[]): string {
  const inMemory = endianness() === "LE" ? [...bytes].reverse() : bytes;
  return inMemory.map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join("");
}
