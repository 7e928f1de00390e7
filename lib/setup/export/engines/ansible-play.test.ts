/** Ansible itself plays the exported book on this machine, where it is installed, into a folder of its own. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { exportSetup } from "@/lib/setup/export/export-setup";
import { CHOICES } from "@/lib/setup/export/testing/choices";
import { machine } from "@/lib/setup/testing/machine";

const BOT = "7301234567:AAEcanary-canary-canary-canary-cana";
const ROLE = `- ansible.builtin.file:
    path: "{{ openclaw_state_dir }}"
    state: directory
`;

const hasAnsible = spawnSync("ansible-playbook", ["--version"], { stdio: "ignore" }).status === 0;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "export-ansible-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function exported() {
  const found = machine({ config: { channels: { telegram: { botToken: BOT } } } });
  const made = exportSetup(found, CHOICES, { engine: "ansible", release: "2026.9.6" });
  if (!made.ok) throw new Error(made.error.code);
  return made.value.files;
}

it.skipIf(!hasAnsible)(
  "Ansible plays the book, and a second time changes nothing",
  {
    timeout: 300_000,
  },
  () => {
    for (const { path, text } of exported()) put(join("book", path), text);
    const state = join(folder, "state");
    const role = "collections/ansible_collections/openclaw/installer/roles/openclaw";
    // In place of the role of openclaw-ansible, which installs OpenClaw.
    put(`${role}/tasks/main.yml`, ROLE);
    put("hosts", "[openclaw_servers]\nhere ansible_connection=local\n");
    const given = {
      ansible_become: false,
      openclaw_user: userInfo().username,
      openclaw_state_dir: state,
      openai_api_key: "k-of-openai",
      telegram_bot_token: BOT,
    };
    const play = () =>
      spawnSync(
        "ansible-playbook",
        ["-i", join(folder, "hosts"), "-e", JSON.stringify(given), "openclaw-playbook.yml"],
        {
          cwd: join(folder, "book"),
          encoding: "utf8",
          env: {
            PATH: process.env["PATH"],
            HOME: folder,
            LC_ALL: "C.UTF-8",
            ANSIBLE_COLLECTIONS_PATH: join(folder, "collections"),
            ANSIBLE_COLLECTIONS_PATHS: join(folder, "collections"),
          } as unknown as NodeJS.ProcessEnv,
        },
      );
    expect(play().stdout).toMatch(/failed=0/u);
    const dotenv = readFileSync(join(state, ".env"), "utf8");
    expect(dotenv).toMatch(
      /^OPENAI_API_KEY=k-of-openai\nTELEGRAM_BOT_TOKEN=.+\nOPENCLAW_GATEWAY_TOKEN=[\dA-Fa-f]{48}\n$/u,
    );
    for (const name of [".env", "openclaw.json"])
      expect(statSync(join(state, name)).mode & 0o777).toBe(0o600);
    expect(play().stdout).toMatch(/changed=0 .*failed=0/u);
    expect(readFileSync(join(state, ".env"), "utf8")).toBe(dotenv);
  },
);
