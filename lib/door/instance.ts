/**
 * The running server as seen from both bundles in its process (the launcher's and Next.js's):
 * one object on `globalThis`, because each bundle has its own copy of every module.
 */

import { randomBytes } from "node:crypto";
import { SessionStore } from "@/lib/door/sessions";
import { StartTokens } from "@/lib/door/start-tokens";
import type { ChatGptLogin } from "@/lib/openai/chatgpt/login";
import { type CallbackRelay, createCallbackRelay } from "@/lib/openai/chatgpt/relay";
import { createMemoryTokenStore, type TokenStore } from "@/lib/sign-in/token-store";

export interface Instance {
  /** Part of the cookie's name: cookies are shared by all ports of a host. */
  readonly id: string;
  readonly startTokens: StartTokens;
  readonly sessions: SessionStore;
  /** `host:port` values that may stand in a Host header. */
  hosts: readonly string[];
  readonly locale: string | null;
  readonly profile: string | null;
  readonly signIn: SignInState;
  /** Nothing is begun any more. */
  ending: boolean;
}

/** What a ChatGPT sign-in needs once per process. */
export interface SignInState {
  /** Seals next-auth's cookies. It is kept nowhere, so a restart ends every sign-in under way. */
  readonly secret: string;
  readonly store: TokenStore<ChatGptLogin>;
  readonly relay: CallbackRelay;
  /** The browser sign-in under way: where it was begun, which is where it has to return to. */
  attempt: { readonly state: string; readonly origin: string } | null;
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
    signIn: {
      secret: randomBytes(32).toString("base64url"),
      store: createMemoryTokenStore(),
      relay: createCallbackRelay(),
      attempt: null,
    },
    ending: false,
  };
  shared[KEY] = instance;
  return instance;
}

/** Throws where no launcher made one, as in a bare `next start`: the page must not run without its door. */
export function currentInstance(): Instance {
  const instance = shared[KEY];
  if (!instance) throw new Error("OpenClaw Setup runs only through its own launcher");
  return instance;
}

export function cookieName(instance: Instance): string {
  return `openclaw-setup-${instance.id}`;
}
