import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { peerUser, userIn } from "@/lib/system/peer-user";

const connection = {
  remoteAddress: "127.0.0.1",
  remotePort: 0xc350,
  localAddress: "127.0.0.1",
  localPort: 1455,
};
const row = (local: string, remote: string, user: number, inode = 4711) =>
  `   1: ${local} ${remote} 01 00000000:00000000 00:00000000 00000000 ${user}        0 ${inode} 1 0`;
const ours = row("0100007F:05AF", "0100007F:C350", 1000);
const theirs = (user: number, inode?: number) => row("0100007F:C350", "0100007F:05AF", user, inode);

describe("whose a connection is", () => {
  it("is read from the row of the other end, not from our own", () => {
    expect(userIn(`${ours}\n${theirs(1001)}`, connection)).toBe(1001);
    expect(userIn(ours, connection)).toBe(null);
    expect(userIn("", connection)).toBe(null);
  });

  it("does not take another connection between the same ports for it", () => {
    const decoys = [
      row("0200007F:C350", "0100007F:05AF", 0),
      row("0100007F:C350", "0200007F:05AF", 0),
      row("00000000000000000000000001000000:C350", "00000000000000000000000001000000:05AF", 0),
    ].join("\n");
    expect(userIn(`${decoys}\n${theirs(1001)}`, connection)).toBe(1001);
    expect(userIn(decoys, connection)).toBe(null);
  });

  it("is nobody's once the other end was let go: the kernel shows user 0 then", () => {
    expect(userIn(theirs(0, 0), connection)).toBe(null);
  });

  it("is found for IPv6, and for IPv4 through a socket of IPv6", () => {
    const six = { ...connection, remoteAddress: "::1", localAddress: "::1" };
    const own = "00000000000000000000000001000000";
    expect(userIn(row(`${own}:C350`, `${own}:05AF`, 7), six)).toBe(7);
    const mapped = "0000000000000000FFFF00000100007F";
    expect(userIn(row(`${mapped}:C350`, `${mapped}:05AF`, 8), connection)).toBe(8);
  });

  it.runIf(process.platform === "linux").each(["127.0.0.1", "::1"])(
    "is this user's for a real connection over %s",
    async (host) => {
      const server = createServer().listen(0, host);
      await once(server, "listening");
      const address = server.address();
      const port = typeof address === "object" ? (address?.port ?? 0) : 0;
      const client = connect({ port, host });
      const [socket] = (await once(server, "connection")) as [Socket];
      expect(await peerUser(socket)).toBe(process.getuid?.());
      client.destroy();
      server.close();
    },
  );
});
