import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { listeningInodes, portHolder } from "@/lib/system/port-holder";

const row = (local: string, state: string, inode: number) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0`;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

describe("who holds a port", () => {
  it("is who listens there, not who is connected", () => {
    const table = [
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
      row("0100007F:05AF", "01", 11),
      row("0100007F:05AF", "0A", 12),
      row("0100007F:15AF", "0A", 13),
      row("00000000000000000000000001000000:05AF", "0A", 14),
    ].join("\n");
    expect(listeningInodes(table, 1455)).toEqual(["12", "14"]);
    expect(listeningInodes("", 1455)).toEqual([]);
  });

  it.runIf(process.platform === "linux").each(["127.0.0.1", "::1"])(
    "is another program of this user on %s, by its name",
    async (host) => {
      const program =
        'process.title="co\\u202edex"; const s=require("node:net").createServer();' +
        "s.listen(0,process.argv[1],()=>console.log(s.address().port))";
      const child = spawn(process.execPath, ["-e", program, host], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      cleanups.push(() => child.kill("SIGKILL") && once(child, "close"));
      const [line] = (await once(child.stdout, "data")) as [Buffer];
      expect(await portHolder(Number(`${line}`))).toEqual({ pid: child.pid, name: "co\uFFFDdex" });
    },
  );

  it("is nobody once the port is free", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    await new Promise((done) => server.close(done));
    expect(await portHolder(port)).toBe(null);
  });
});
