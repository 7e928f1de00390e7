/**
 * The running server as seen from both bundles in its process (the launcher's and Next.js's):
 * one object on `globalThis`, because each bundle has its own copy of every module.
 */

import { randomBytes } from "node:crypto";
import { SessionStore } from "@/lib/session/sessions";
import { StartTokens } from "@/lib/session/start-tokens";

export interface Instance {
  /** Part of the cookie's name: cookies are shared by all ports of a host. */
  readonly id: string;
  readonly startTokens: StartTokens;
  readonly sessions: SessionStore;
  /** `host:port` values that may stand in a Host header. */
  hosts: readonly string[];
  readonly locale: string | null;
  readonly profile: string | null;
  /** Ends the process from the page. */
  shutDown: () => void;
}

const KEY = Symbol.for("openclaw-setup.instance");
const shared = globalThis as { [KEY]?: Instance };

export function createInstance(options: {
  readonly locale: string | null;
  readonly profile: string | null;
}): Instance {
  const instance: Instance = {
    id: randomBytes(6).toString("hex"),
    startTokens: new StartTokens(),
    sessions: new SessionStore(),
    hosts: [],
    locale: options.locale,
    profile: options.profile,
    shutDown: () => {},
  };
  shared[KEY] = instance;
  return instance;
}

/** Throws where no launcher made one, as in a bare `next start`: the page must not run without its door. */
export function currentInstance(): Instance {
  const instance = shared[KEY];
  if (!instance) throw new Error("OpenClaw Setup runs only through its own launcher: npm start");
  return instance;
}

export function cookieName(instance: Instance): string {
  return `openclaw-setup-${instance.id}`;
}
