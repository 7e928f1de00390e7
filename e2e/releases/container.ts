/**
 * A real OpenClaw as its pod runs it, without an engine for containers: user 1000, `/home/node`, a root that can only
 * be read, and the config copied from a folder that can only be read before the gateway starts.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { chown, cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parse } from "yaml";
import type { Export } from "@/lib/setup/export/types";
import type { Case } from "./case";
import { exported, variablesOf } from "./exports";
import { freePort } from "./gateway";
import type { Subject } from "./judge";
import { endGroup } from "./run";
import { KEY } from "./setup";
import { judge } from "./verdict";

const USER = 1000;
/** As the official manifest starts it, where the port is the pod's own. */
const GATEWAY = "node /app/dist/index.js gateway run --port";
/** As its init container does. */
const SEED =
  "test -f /home/node/.openclaw/openclaw.json || cp /config/openclaw.json /home/node/.openclaw/openclaw.json";

/** Mounts are this process's own and end with it. `$1`: the new root, `$2`: what is run in it. */
const STAGE = `
set -eu
root=$1
mount --make-rprivate /
mount -t tmpfs -o mode=755 root "$root"
mkdir -p "$root/home/node/.openclaw" "$root/app" "$root/release" "$root/config" "$root/tmp" "$root/given" "$root/proc" "$root/node"
for name in usr lib lib64 bin sbin etc dev; do
  if [ -L "/$name" ]; then cp -P "/$name" "$root/$name"
  elif [ -d "/$name" ]; then mkdir "$root/$name"; mount --rbind "/$name" "$root/$name"; fi
done
mount --bind "$STATE" "$root/home/node/.openclaw"
mount --bind "$RELEASE" "$root/release"
rmdir "$root/app"; ln -s release/node_modules/openclaw "$root/app"
mount --bind "$NODE_FOLDER" "$root/node"
mount --bind "$CONFIG" "$root/config"
mount --bind "$GIVEN" "$root/given"
mount -t tmpfs -o mode=1777 tmp "$root/tmp"
mount -t proc proc "$root/proc"
for name in release node config given; do mount -o remount,ro,bind "$root/$name"; done
mount -o remount,ro "$root"
cd "$root"
exec chroot --userspec=${USER}:${USER} "$root" /given/start
`;

interface Container {
  readonly child: ChildProcess;
  readonly port: number;
  readonly log: () => string;
  /** A further command in it. */
  readonly exec: (
    command: string,
  ) => Promise<{ readonly code: number | null; readonly out: string }>;
}

export const containerCase: Case = {
  group: "export",
  name: "started as the container would be",
  async run(subject) {
    if (process.getuid?.() !== 0 || process.platform !== "linux")
      return "not run: mounts need root";
    const made = await exported(subject, "kubernetes");
    const folder = path.join(subject.home.dir, "container");
    const began = performance.now();
    const container = await start(subject, made, folder);
    try {
      const ready = await readyIn(container, 300_000);
      judge(ready, `not ready: ${container.log().slice(-600)}`);
      const seconds = Math.round((performance.now() - began) / 1000);
      const written = await container.exec("cat /home/node/.openclaw/openclaw.json");
      const intended = textOf(made, "openclaw.json");
      const [own, given] = [written.out, intended].map((text) => modelIn(text));
      judge(own !== null && own === given, `the model is ${own}, not ${given}`);
      subject.server.forget();
      const turn = await container.exec(
        "node dist/index.js agent --agent main --message ping --json",
      );
      judge(turn.out.includes(subject.server.reply), `no reply: ${turn.out.slice(-600)}`);
      const bearers = [...new Set(subject.server.turns().map(({ bearer }) => bearer))];
      judge(`${bearers}` === KEY, `another bearer: ${bearers.length}`);
      const refused = /[^\n]*\b(?:EROFS|EACCES|read-only file system)\b[^\n]*/iu.exec(
        container.log(),
      );
      judge(refused === null, `it would write elsewhere: ${refused?.[0]}`);
      const foreign = await container.exec(
        "find /home/node -mindepth 1 -xdev -newer /given/start ! -path '/home/node/.openclaw*'",
      );
      judge(foreign.out.trim() === "", `written beside the state: ${foreign.out}`);
      const kept = await heldIn(path.join(folder, "state"), [
        KEY,
        variablesOf(made)["OPENCLAW_GATEWAY_TOKEN"] ?? "",
      ]);
      judge(kept.length === 0, `a secret was kept in ${kept}`);
      const tmp = await container.exec("ls /tmp");
      return `ready in ${seconds} s; in /tmp: ${tmp.out.trim().split(/\s+/u).join(", ") || "nothing"}`;
    } finally {
      endGroup(container.child, "SIGKILL");
      await new Promise((resolve) => setImmediate(resolve));
    }
  },
};

/** Lays out what the engine would mount, and starts what the override and the official file start, in their order. */
async function start(subject: Subject, made: Export, folder: string): Promise<Container> {
  const { release, server } = subject;
  const at = (name: string) => path.join(folder, name);
  for (const name of ["root", "state", "config", "given"])
    await mkdir(at(name), { recursive: true });
  for (const one of [subject.home.dir, folder, at("state")]) await chown(one, USER, USER);
  const port = await freePort();
  const config = textOf(made, "openclaw.json");
  await writeFile(path.join(at("config"), "openclaw.json"), config, { mode: 0o444 });
  const { NODE_OPTIONS = "", NODE_EXTRA_CA_CERTS = "", ...redirect } = server.redirect;
  const preload = /"(?<file>[^"]+)"/u.exec(NODE_OPTIONS)?.groups?.["file"] ?? "";
  await cp(preload, path.join(at("given"), "redirect.cjs"));
  await cp(NODE_EXTRA_CA_CERTS, path.join(at("given"), "authority.pem"));
  const environment = {
    HOME: "/home/node",
    OPENCLAW_CONFIG_DIR: "/home/node/.openclaw",
    NODE_ENV: "production",
    PATH: "/node:/usr/bin:/bin",
    NODE_OPTIONS: "--require /given/redirect.cjs",
    NODE_EXTRA_CA_CERTS: "/given/authority.pem",
    OPENCLAW_GATEWAY_PORT: `${port}`,
    OPENCLAW_NO_AUTO_UPDATE: "1",
    OPENCLAW_DISABLE_BONJOUR: "1",
    OPENCLAW_SKIP_CHANNELS: "1",
    OPENCLAW_SKIP_BROWSER_CONTROL_SERVER: "1",
    npm_config_registry: "http://127.0.0.1:9/",
    npm_config_fetch_retries: "0",
    ...redirect,
    ...setBy(made),
    ...variablesOf(made),
  };
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
  const shell = (name: string, lines: readonly string[]) =>
    writeFile(path.join(at("given"), name), `#!/bin/sh\n${lines.join("\n")}\n`, { mode: 0o755 });
  await shell("environment", exports);
  await shell("start", [". /given/environment", SEED, `cd /app && exec ${GATEWAY} ${port}`]);
  await shell("run", [". /given/environment", 'cd /app && exec sh -c "$1"']);
  const child = spawn("unshare", ["--mount", "--fork", "sh", "-c", STAGE, "stage", at("root")], {
    env: {
      PATH: process.env["PATH"],
      STATE: at("state"),
      RELEASE: release.root,
      NODE_FOLDER: path.dirname(release.node),
      CONFIG: at("config"),
      GIVEN: at("given"),
    } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      log = (log + chunk.toString("utf8")).slice(-40_000);
    });
  }
  return { child, port, log: () => log, exec: (command) => execIn(child, command) };
}

/** What the overlay sets beside the official manifest. */
function setBy(made: Export): Record<string, string> {
  const patch = parse(textOf(made, "openclaw-variables.yaml"));
  const [container] = patch.spec.template.spec.containers;
  const plain = container.env.filter((one: { value?: string }) => one.value !== undefined);
  return Object.fromEntries(
    plain.map((one: { name: string; value: string }) => [one.name, one.value]),
  );
}

function modelIn(config: string): string | null {
  const { model } = JSON.parse(config).agents.defaults;
  return typeof model === "string" ? model : (model?.primary ?? null);
}

function textOf({ files }: Export, name: string): string {
  return files.find(({ path: file }) => file === name)?.text ?? judge(false, `no ${name}`);
}

/** In the mounts and the root of the container's own process. */
async function execIn(child: ChildProcess, command: string) {
  const pid = await innermost(child.pid ?? 0);
  const inside = [
    "--target",
    `${pid}`,
    "--mount",
    "--root",
    "--wd",
    "--setuid",
    `${USER}`,
    "--setgid",
    `${USER}`,
  ];
  const run = spawn("nsenter", [...inside, "/given/run", command], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  for (const stream of [run.stdout, run.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      out += chunk.toString("utf8");
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    run.on("error", reject);
    run.on("close", resolve);
  });
  return { code, out };
}

/** `unshare --fork` waits for the child that has the mounts. */
async function innermost(pid: number): Promise<number> {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, "utf8"))
    .trim()
    .split(/\s+/u);
  const [first = ""] = children;
  return first === "" ? pid : innermost(Number(first));
}

async function readyIn({ child, port, exec }: Container, limitMs: number): Promise<boolean> {
  const ask = `node -e "fetch('http://127.0.0.1:${port}/readyz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"`;
  const began = performance.now();
  while (performance.now() - began < limitMs && child.exitCode === null) {
    const asked = await exec(ask).catch(() => ({ code: 1 }));
    if (asked.code === 0) return true;
    await wait(2_000);
  }
  return false;
}

/** Files below a folder that hold one of the texts. */
async function heldIn(folder: string, secrets: readonly string[]): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names
    .filter((one) => one.isFile())
    .map((one) => path.join(one.parentPath, one.name));
  const held = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(file);
      return secrets.some((secret) => secret !== "" && bytes.includes(secret)) ? [file] : [];
    }),
  );
  return held.flat().map((file) => path.relative(folder, file));
}
