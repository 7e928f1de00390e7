/** A playbook for the openclaw-ansible role that writes config and variables and prompts for secrets. */

import { TOKEN_VARIABLE } from "@/lib/openclaw/deployments/shapes";
import {
  configFile,
  deployPart,
  envFile,
  reseedPart,
  signInPart,
  yamlFile,
} from "@/lib/setup/export/engines/common";
import type { EngineFiles, ExportBase } from "@/lib/setup/export/types";

const OWNED = { owner: "{{ openclaw_user }}", group: "{{ openclaw_user }}", mode: "0600" };

export function ansibleFiles(base: ExportBase): EngineFiles {
  const { config, variables } = base;
  return {
    files: [
      yamlFile("openclaw-playbook.yml", [playbook(base)]),
      configFile(config, "files/openclaw.json"),
      envFile(variables),
    ],
    readme: [
      ...deployPart(
        "ansible",
        ["ansible-playbook --inventory inventory.yml openclaw-playbook.yml"],
        "askedKept",
      ),
      ...reseedPart([`rm ${base.shape.stateDir}/openclaw.json`]),
      ...signInPart(base, "sudo -i -u openclaw openclaw"),
    ],
  };
}

function playbook({ shape, variables }: ExportBase): object {
  const asked = variables.filter((name) => name !== TOKEN_VARIABLE);
  return {
    name: "OpenClaw with its config",
    hosts: "openclaw_servers",
    become: true,
    vars: {
      openclaw_user: "openclaw",
      openclaw_state_dir: shape.stateDir,
    },
    vars_prompt: asked.map((name) => ({ name: name.toLowerCase(), prompt: name, private: true })),
    roles: ["openclaw.installer.openclaw"],
    post_tasks: [
      {
        name: "Put the config where none is",
        "ansible.builtin.copy": {
          src: "openclaw.json",
          dest: "{{ openclaw_state_dir }}/openclaw.json",
          force: false,
          ...OWNED,
        },
      },
      ...asked.map((name) => setVariable(name, `{{ ${name.toLowerCase()} }}`)),
      {
        name: `See whether ${TOKEN_VARIABLE} is set`,
        "ansible.builtin.command": {
          argv: ["grep", "--quiet", `^${TOKEN_VARIABLE}=.`, "{{ openclaw_state_dir }}/.env"],
        },
        register: "openclaw_token",
        changed_when: false,
        failed_when: false,
      },
      {
        ...setVariable(
          TOKEN_VARIABLE,
          "{{ lookup('ansible.builtin.password', '/dev/null', length=48, chars=['hexdigits']) }}",
        ),
        when: "openclaw_token.rc != 0",
      },
    ],
  };
}

function setVariable(name: string, value: string): object {
  return {
    name: `Set ${name}`,
    "ansible.builtin.lineinfile": {
      path: "{{ openclaw_state_dir }}/.env",
      regexp: `^${name}=`,
      line: `${name}=${value}`,
      create: true,
      ...OWNED,
    },
    no_log: true,
  };
}
