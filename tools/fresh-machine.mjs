// Proves the two commands of the README on a new machine: Debian's base, Node and git, nothing else.
//   sudo node tools/fresh-machine.mjs                        Node 20.9 and 24: `npm start`, whole `npm test`
//   sudo node tools/fresh-machine.mjs --node=24              one of them
//   sudo node tools/fresh-machine.mjs --until=none           `npm start` alone
//   sudo node tools/fresh-machine.mjs --until="Unit tests"   `npm test` up to this part
// Needs root, debootstrap and the network. What is committed is tested, what is not is not.

import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The oldest Node that is served and the current one, each with the npm that came with it. */
const NODES = [
  { name: "20", node: "20.9.0", npm: "10.1.0" },
  { name: "24", node: "24.21.0", npm: "11.6.2" },
];
const DEBIAN = "bookworm";
const CLONE = "/root/openclaw-setup";

const repository = fileURLToPath(new URL("..", import.meta.url));
const cache = join(repository, ".cache", "fresh-machine");
const base = join(cache, "base");
const wanted = option("node")?.split(",") ?? NODES.map(({ name }) => name);
const until = option("until");

process.exitCode = await main();

async function main() {
  if (process.getuid?.() !== 0) return refuse("Only root can make another root.");
  if (spawnSync("debootstrap", ["--version"]).error) return refuse("Install debootstrap first.");
  if (!existsSync(join(base, "etc", "debian_version"))) makeBase();
  for (const version of NODES.filter(({ name }) => wanted.includes(name))) {
    const root = mkdtempSync(join(tmpdir(), "fresh-machine-"));
    try {
      furnish(root, version);
      await start(root);
      if (until !== "none") test(root);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
    say(`Node ${version.node}: proved.`);
  }
  return 0;
}

/** Debian's base with git, and with certificates, without which no npm reaches its registry. */
function makeBase() {
  say(`Debian's base (${DEBIAN}), once`);
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, "unfinished-"));
  const include = "--include=git,ca-certificates";
  must("debootstrap", ["--variant=minbase", include, DEBIAN, unfinished]);
  must("mv", ["-T", unfinished, base]);
}

/**
 * Node and npm as they come together, and a clone of what is committed.
 * @param {string} root
 * @param {(typeof NODES)[number]} version
 */
function furnish(root, { node, npm }) {
  say(`A new machine with Node ${node} and npm ${npm}`);
  must("cp", ["-a", `${base}/.`, root]);
  const platform = `node-linux-${process.arch}`;
  const packages = join(root, "opt", "packages");
  mkdirSync(packages, { recursive: true });
  const install = ["install", "--no-save", "--ignore-scripts", "--prefix", packages];
  must("npm", [...install, `${platform}@${node}`, `npm@${npm}`]);
  const bin = join(root, "usr", "local", "bin");
  must("ln", ["-s", `/opt/packages/node_modules/${platform}/bin/node`, join(bin, "node")]);
  must("ln", ["-s", "/opt/packages/node_modules/npm/bin/npm-cli.js", join(bin, "npm")]);
  // A network that reads along, as a company's, has a certificate of its own.
  const extra = process.env["NODE_EXTRA_CA_CERTS"];
  if (extra) cpSync(extra, join(root, "opt", "extra-certificates.pem"));
  must("git", ["clone", "--quiet", "--no-hardlinks", repository, join(root, CLONE)]);
}

/**
 * `npm start` until the page is there and has been seen.
 * @param {string} root
 */
async function start(root) {
  say("npm start");
  const child = spawn("unshare", inRoot(root, "npm start -- --no-open --port 0"), {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  let output = "";
  /** @type {string} */
  const address = await new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      process.stdout.write(chunk);
      output += chunk;
      const found = /ready: (\S+)/u.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.once("exit", (status) => reject(new Error(`npm start ended with ${status}`)));
  });
  const arrival = await fetch(address, { redirect: "manual" });
  const cookie = arrival.headers.getSetCookie().map((line) => line.split(";", 1)[0]);
  const page = await fetch(new URL("/", address), { headers: { cookie: cookie.join("; ") } });
  const title = /<title>([^<]+)/u.exec(await page.text())?.[1];
  if (page.status !== 200 || !title?.endsWith("OpenClaw Setup")) {
    throw new Error(`the page answered with ${page.status} and the title ${title}`);
  }
  process.stdout.write(`The page is there: ${title}\n`);
  // It takes no other signal while it waits for its child, which ends with it.
  child.kill("SIGKILL");
  await ended;
}

/**
 * `npm test`, whole or up to the part that was asked for.
 * @param {string} root
 */
function test(root) {
  const part = until ? ` -- --until=${JSON.stringify(until)}` : "";
  say(`npm test${part}`);
  must("unshare", inRoot(root, `npm test${part}`));
}

/**
 * The arguments of `unshare` for one command in the clone. Its mounts are seen by nobody else and end
 * with it, so that removing the folder never reaches this machine's own /dev.
 * @param {string} root
 * @param {string} command
 */
function inRoot(root, command) {
  const mounts = [
    "mount --bind /dev $1/dev",
    "mount -t tmpfs tmpfs $1/dev/shm",
    "mount -t proc proc $1/proc",
    "mount -t sysfs sysfs $1/sys",
  ];
  const variables = [
    "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
    "HOME=/root",
    "LANG=C.UTF-8",
  ];
  if (process.env["NODE_EXTRA_CA_CERTS"])
    variables.push("NODE_EXTRA_CA_CERTS=/opt/extra-certificates.pem");
  const enter = `exec chroot $1 env -i ${variables.join(" ")} sh -c "cd ${CLONE} && exec $2"`;
  const script = [...mounts, enter].join(" && ");
  return ["--mount", "--pid", "--fork", "--kill-child", "sh", "-c", script, "sh", root, command];
}

/**
 * Runs in full view; throws where it fails.
 * @param {string} command
 * @param {string[]} args
 */
function must(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw error ?? new Error(`${command} ${args[0]} ended with ${status}`);
}

/** @param {string} name */
function option(name) {
  const before = `--${name}=`;
  return process.argv.find((arg) => arg.startsWith(before))?.slice(before.length);
}

/** @param {string} text */
function say(text) {
  process.stdout.write(`\n== ${text} ==\n`);
}

/** @param {string} text */
function refuse(text) {
  process.stderr.write(`${text}\n`);
  return 2;
}
