// Proves the gateway as a service of a user with Debian's own systemd, in namespaces of its own: nothing of this
// machine's services, home or network is touched.
//   sudo node e2e/releases/user-service.mjs            2026.9.6
//   sudo node e2e/releases/user-service.mjs 2026.7.1   another release, installed before by `npm run test:releases`
// Needs root, and the packages systemd and dbus. OPENCLAW_SETUP_CACHE: where the releases are.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "../../bin/prepare/bundle.mjs";

const SYSTEMD = "/lib/systemd/systemd";
const NAME = "ada";
const NUMBER = 1000;
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

process.exitCode = await main();

async function main() {
  if (process.getuid?.() !== 0) return refuse("Only root can make namespaces of this kind.");
  if (spawnSync(SYSTEMD, ["--version"]).error) return refuse("Install systemd first.");
  if (spawnSync("dbus-daemon", ["--version"]).error) return refuse("Install dbus first.");
  const program = join(root, "dist", "test-releases", `service-${process.pid}.mjs`);
  mkdirSync(dirname(program), { recursive: true });
  await bundle(root, "e2e/releases/service.ts", program);
  const folder = mkdtempSync(join(tmpdir(), "user-service-"));
  try {
    writeFileSync(join(folder, "enter.sh"), enter(folder));
    writeFileSync(join(folder, "session.sh"), session(program), { mode: 0o755 });
    spawnSync("chmod", ["755", folder]);
    const own = ["--mount", "--pid", "--net", "--uts", "--fork", "--mount-proc", "--kill-child"];
    const { status } = spawnSync("unshare", [...own, "bash", join(folder, "enter.sh")], {
      stdio: "inherit",
    });
    return status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(program, { force: true });
  }
}

/**
 * As root, inside: an empty home of a user of its own, loopback alone, and a group of processes that is that user's.
 * @param {string} folder
 */
function enter(folder) {
  const runtime = `/run/user/${NUMBER}`;
  return `set -e
mount --make-rprivate /
for place in /home /run/user /run/systemd; do mkdir -p $place; mount -t tmpfs tmpfs $place; done
# By this folder programs of systemd tell that it runs the machine.
mkdir -p /home/${NAME} ${runtime} /run/systemd/system
chown ${NUMBER}:${NUMBER} /home/${NAME} ${runtime}
chmod 700 ${runtime}
awk -F: '$1 != "${NAME}" && $3 != ${NUMBER}' /etc/passwd > ${folder}/passwd
echo '${NAME}:x:${NUMBER}:${NUMBER}::/home/${NAME}:/bin/bash' >> ${folder}/passwd
mount --bind ${folder}/passwd /etc/passwd
ip link set lo up
for one in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
  [ -e $one/cgroup.procs ] || continue
  mkdir -p $one/user-service-$$
  chown -R ${NUMBER}:${NUMBER} $one/user-service-$$
  echo $$ > $one/user-service-$$/cgroup.procs || true
done
exec env -i PATH=/usr/bin:/bin HOME=/home/${NAME} USER=${NAME} LOGNAME=${NAME} XDG_RUNTIME_DIR=${runtime} \\
  OPENCLAW_SETUP_CACHE="$OPENCLAW_SETUP_CACHE" \\
  setpriv --reuid ${NUMBER} --regid ${NUMBER} --clear-groups bash ${folder}/session.sh
`;
}

/**
 * As that user: a bus, systemd for the user, and then the proof.
 * @param {string} program
 */
function session(program) {
  const run = `const { main } = await import(${JSON.stringify(program)}); await main(process.argv.slice(1))`;
  return `cd
export DBUS_SESSION_BUS_ADDRESS=unix:path=$XDG_RUNTIME_DIR/bus
dbus-daemon --session --address=$DBUS_SESSION_BUS_ADDRESS --nofork --nopidfile > bus.log 2>&1 &
${SYSTEMD} --user > systemd.log 2>&1 &
for second in $(seq 90); do systemctl --user show-environment > /dev/null 2>&1 && break; sleep 1; done
${JSON.stringify(process.execPath)} --input-type=module --eval '${run}' ${process.argv[2] ?? "2026.9.6"}
ended=$?
[ $ended = 0 ] || tail -n 20 systemd.log bus.log
exit $ended
`;
}

/** @param {string} why */
function refuse(why) {
  process.stderr.write(`${why}\n`);
  return 2;
}
