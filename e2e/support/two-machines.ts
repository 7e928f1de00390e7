/** Two machines on a wire, as network namespaces: a server with an SSH daemon, and the computer with the browser. */

import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

const SSHD = "/usr/sbin/sshd";
const SERVER_ADDRESS = "198.18.0.1";
const CLIENT_ADDRESS = "198.18.0.2";

export interface TwoMachines {
  readonly serverAddress: string;
  /** The command line of somebody at the client: what it runs is there. */
  onClient(line: string): ChildProcess;
  /** A shell on the server, with a terminal, as somebody at the client opens it by SSH. */
  overSsh(line: string): ChildProcess;
  /** A browser on the client, for `executablePath`. */
  browserOnClient(program: string): Promise<string>;
  /** What listens on this port of 127.0.0.1 here answers there too: the internet of both. */
  reach(port: number, from: "server" | "client"): Promise<void>;
  close(): Promise<void>;
}

/** Why this machine cannot make them; null: it can. */
export function obstacleToMachines(): string | null {
  if (process.platform !== "linux") return "network namespaces are Linux's";
  if (userInfo().uid !== 0) return "only root makes network namespaces";
  for (const [program, ...args] of [
    ["ip", "-V"],
    ["ssh", "-V"],
    [SSHD, "-V"],
  ] as const) {
    if (spawnSync(program, args).error) return `there is no ${program}`;
  }
  const name = `setup-try-${process.pid}`;
  if (spawnSync("ip", ["netns", "add", name]).status !== 0) return "no namespace may be made here";
  spawnSync("ip", ["netns", "delete", name]);
  return null;
}

export async function makeTwoMachines(): Promise<TwoMachines> {
  const folder = await mkdtemp(join(tmpdir(), "openclaw-setup-machines-"));
  const [server, client] = [`setup-s-${process.pid}`, `setup-c-${process.pid}`];
  const running: ChildProcess[] = [];
  const closing: Array<() => void> = [];
  const ip = (...args: string[]) => execFileSync("ip", args);
  const start = (space: string, command: string, args: readonly string[], env = {}) => {
    const child = spawn("ip", ["netns", "exec", space, command, ...args], {
      env: { ...process.env, ...env },
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
    });
    running.push(child);
    return child;
  };
  ip("netns", "add", server);
  ip("netns", "add", client);
  ip("link", "add", "s0", "netns", server, "type", "veth", "peer", "name", "c0", "netns", client);
  for (const [space, device, address] of [
    [server, "s0", SERVER_ADDRESS],
    [client, "c0", CLIENT_ADDRESS],
  ] as const) {
    ip("-n", space, "address", "add", `${address}/30`, "dev", device);
    ip("-n", space, "link", "set", device, "up");
    ip("-n", space, "link", "set", "lo", "up");
  }
  const path = await sshFiles(folder);
  await mkdir("/run/sshd", { recursive: true });
  const daemon = start(server, SSHD, ["-D", "-e", "-f", join(folder, "sshd_config")]);
  await heard(daemon, /listening on/iu);
  return {
    serverAddress: SERVER_ADDRESS,
    onClient: (line) => start(client, "sh", ["-c", line], { PATH: path }),
    overSsh: (line) =>
      start(client, "ssh", ["-tt", `${userInfo().username}@${SERVER_ADDRESS}`, line], {
        PATH: path,
      }),
    browserOnClient: async (program) => {
      const file = join(folder, "browser");
      await writeFile(file, `#!/bin/sh\nexec ip netns exec ${client} '${program}' "$@"\n`);
      await chmod(file, 0o755);
      return file;
    },
    reach: async (port, from) => {
      const socket = join(folder, `${from}-${port}`);
      // A socket of the file system knows no network.
      const here = createServer((near) => {
        const far = connect(port, "127.0.0.1");
        for (const [one, other] of [
          [near, far],
          [far, near],
        ] as const) {
          one.pipe(other);
          one.on("error", () => other.destroy());
        }
      });
      await new Promise<void>((resolve) => here.listen(socket, resolve));
      closing.push(() => here.close());
      const relay = start(from === "server" ? server : client, process.execPath, [
        "-e",
        `require("node:net").createServer((near) => {
  const far = require("node:net").connect(${JSON.stringify(socket)});
  for (const [one, other] of [[near, far], [far, near]]) {
    one.pipe(other);
    one.on("error", () => other.destroy());
  }
}).listen(${port}, "127.0.0.1", () => console.log("ready"))`,
      ]);
      await heard(relay, /ready/u);
    },
    close: async () => {
      for (const child of running) endGroup(child);
      for (const close of closing) close();
      for (const space of [server, client]) spawnSync("ip", ["netns", "delete", space]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Keys and settings of both ends; gives a PATH in which `ssh` uses them, so that a printed line needs no more. */
async function sshFiles(folder: string): Promise<string> {
  for (const name of ["host", "user"]) {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(folder, name)]);
  }
  const sshd = [
    `ListenAddress ${SERVER_ADDRESS}`,
    `HostKey ${join(folder, "host")}`,
    `AuthorizedKeysFile ${join(folder, "user.pub")}`,
    "PidFile none",
    "UsePAM no",
    "StrictModes no",
    "PasswordAuthentication no",
    "PermitRootLogin prohibit-password",
    "PrintMotd no",
  ];
  const ssh = [
    `IdentityFile ${join(folder, "user")}`,
    "IdentitiesOnly yes",
    "StrictHostKeyChecking no",
    `UserKnownHostsFile ${join(folder, "known")}`,
    "ExitOnForwardFailure yes",
    "LogLevel ERROR",
  ];
  await writeFile(join(folder, "sshd_config"), `${sshd.join("\n")}\n`);
  await writeFile(join(folder, "ssh_config"), `${ssh.join("\n")}\n`);
  await mkdir(join(folder, "bin"));
  const own = `#!/bin/sh\nexec /usr/bin/ssh -F '${join(folder, "ssh_config")}' "$@"\n`;
  await writeFile(join(folder, "bin", "ssh"), own);
  await chmod(join(folder, "bin", "ssh"), 0o755);
  return `${join(folder, "bin")}:${process.env["PATH"]}`;
}

/** Rejects where the program ends without having said it. */
export function heard(child: ChildProcess, words: RegExp): Promise<RegExpExecArray> {
  let said = "";
  return new Promise((resolve, reject) => {
    const read = (part: Buffer) => {
      said += part.toString("utf8");
      const found = words.exec(said);
      if (found) resolve(found);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
