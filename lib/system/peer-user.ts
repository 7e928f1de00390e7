/** Finds the local user of a loopback peer (Linux only), because browsers send cookies to every port of a host. */

import { isIPv4 } from "node:net";
import { endianness } from "node:os";
import { readText } from "@/lib/system/read.mjs";

export interface Connection {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
}

/** proc(5): IPv4, and IPv6 with mapped IPv4. */
export const TABLES = ["/proc/net/tcp", "/proc/net/tcp6"];

/** Never rejects. Returns null if the connection is gone. */
export async function peerUser(connection: Connection): Promise<number | null> {
  // Reading a table takes over a millisecond, so the likelier one comes first.
  const tables = isIPv4(connection.localAddress ?? "") ? TABLES : TABLES.toReversed();
  for (const path of tables) {
    const user = userIn(readText(path) ?? "", connection);
    if (user !== null) return user;
  }
  return null;
}

export function userIn(table: string, connection: Connection): number | null {
  const { remoteAddress = "", remotePort = 0, localAddress = "", localPort = 0 } = connection;
  const ours = forms(localAddress, localPort);
  // Our remote end is their local end.
  for (const [i, theirs] of forms(remoteAddress, remotePort).entries()) {
    // Thousands of rows of closed connections may be present.
    const at = table.indexOf(` ${theirs} ${ours[i]} `);
    if (at === -1) continue;
    const [row = ""] = table.slice(at).split("\n", 1);
    const [, , , , , , user, , inode] = row.trim().split(/\s+/u);
    // A row without an inode belongs to no process and shows root as its user.
    return inode === undefined || inode === "0" ? null : Number(user);
  }
  return null;
}

export function portForm(port: number): string {
  return `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The tables write addresses as 32-bit words in memory order. */
function forms(address: string, port: number): string[] {
  const at = portForm(port);
  if (address === "::1") return [`${"0".repeat(24)}${word([0, 0, 0, 1])}${at}`];
  if (!isIPv4(address)) return [];
  const four = word(address.split(".").map(Number));
  return [`${four}${at}`, `${"0".repeat(16)}${word([0, 0, 0xff, 0xff])}${four}${at}`];
}

function word(bytes: readonly number[]): string {
  const inMemory = endianness() === "LE" ? [...bytes].reverse() : bytes;
  return inMemory.map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join("");
}
