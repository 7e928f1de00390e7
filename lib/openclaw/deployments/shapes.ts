/**
 * How OpenClaw's deployments lay it out: paths, port and access.
 * Each entry names its source; the paths of Compose and Kubernetes were run with 2026.9.6.
 */

import { compareReleases } from "@/lib/openclaw/releases/table";

export const ENGINES = [
  "compose",
  "kubernetes",
  "operator",
  "fly",
  "render",
  "nix",
  "ansible",
  "onboard",
] as const;

export type Engine = (typeof ENGINES)[number];

/** Product names, the same in every language. */
export const ENGINE_NAMES: Readonly<Record<Engine, string>> = {
  compose: "Docker Compose",
  kubernetes: "Kubernetes",
  operator: "openclaw-operator",
  fly: "Fly.io",
  render: "Render",
  nix: "nix-openclaw",
  ansible: "openclaw-ansible",
  onboard: "openclaw onboard",
};

export interface Shape {
  readonly homeDir: string;
  readonly stateDir: string;
  readonly port: number;
  /** `gateway.bind`; null if the engine's own program sets it. */
  readonly bind: "lan" | "loopback" | null;
  /** Origins of the Control UI, if the gateway listens beyond loopback. */
  readonly origins: readonly string[];
}

/** Tagged by release, with `-slim` for the smaller image. */
export const IMAGE = "ghcr.io/openclaw/openclaw";
export const TOKEN_VARIABLE = "OPENCLAW_GATEWAY_TOKEN";
export const PASSWORD_VARIABLE = "OPENCLAW_GATEWAY_PASSWORD";

const NODE_HOME = { homeDir: "/home/node", stateDir: "/home/node/.openclaw", port: 18789 };

export const SHAPES: Readonly<Record<Engine, Shape>> = {
  // docker-compose.yml and docs/install/docker.
  compose: {
    ...NODE_HOME,
    bind: "lan",
    origins: ["http://localhost:18789", "http://127.0.0.1:18789"],
  },
  // docs/install/kubernetes.md: `kubectl port-forward` and the probes use loopback.
  kubernetes: { ...NODE_HOME, bind: "loopback", origins: [] },
  // paperclipinc/openclaw-operator, internal/resources: the operator binds for its own proxy.
  operator: {
    homeDir: "/home/openclaw",
    stateDir: "/home/openclaw/.openclaw",
    port: 18789,
    bind: null,
    origins: [],
  },
  // docs/install/fly.md.
  fly: {
    homeDir: "/home/node",
    stateDir: "/data",
    port: 3000,
    bind: "lan",
    origins: ["http://localhost:3000", "http://127.0.0.1:3000"],
  },
  // docs/install/render.mdx.
  render: {
    homeDir: "/home/node",
    stateDir: "/data/.openclaw",
    port: 8080,
    bind: "lan",
    origins: ["http://localhost:8080", "http://127.0.0.1:8080"],
  },
  // openclaw/nix-openclaw, nix/modules/nixos/openclaw-gateway.nix.
  nix: {
    homeDir: "/var/lib/openclaw",
    stateDir: "/var/lib/openclaw",
    port: 18789,
    bind: "loopback",
    origins: [],
  },
  // openclaw/openclaw-ansible, roles/openclaw/defaults/main.yml.
  ansible: {
    homeDir: "/home/openclaw",
    stateDir: "/home/openclaw/.openclaw",
    port: 18789,
    bind: "loopback",
    origins: [],
  },
  // `openclaw onboard` writes into the home where it runs.
  onboard: { homeDir: "~", stateDir: "~/.openclaw", port: 18789, bind: "loopback", origins: [] },
};

export interface DeploymentFacts {
  /** `GET /startupz` reports readiness (docs/install/kubernetes.md: from 2026.8.1 on). */
  readonly startupz: boolean;
  /** `onboard --gateway-token-ref-env` (run on 2026.7.1 and 2026.9.6; 2026.2.9 has no such option). */
  readonly tokenByReference: boolean;
  /** `models auth login --device-code` (`--help` of 2026.7.1; 2026.2.9 has no such option). */
  readonly deviceCode: boolean;
}

const CHANGES: ReadonlyArray<{ readonly since: string } & Partial<DeploymentFacts>> = [
  { since: "2026.7.1", tokenByReference: true, deviceCode: true },
  { since: "2026.8.1", startupz: true },
];

const OLDEST: DeploymentFacts = {
  startupz: false,
  tokenByReference: false,
  deviceCode: false,
};

/** Assumes nothing before the release where it was first seen. Pure. */
export function deploymentFacts(release: string): DeploymentFacts {
  const known = CHANGES.filter(({ since }) => compareReleases(release, since) >= 0);
  return Object.assign({}, OLDEST, ...known.map(({ since: _since, ...changes }) => changes));
}
