/** The running server, shared through `globalThis` because the launcher and Next.js bundle modules separately. */

import { randomBytes } from "node:crypto";
import { SessionStore } from "@/lib/door/sessions";
import { StartTokens } from "@/lib/door/start-tokens";
import type { ChatGptLogin } from "@/lib/openai/chatgpt/login";
import { type CallbackRelay, createCallbackRelay } from "@/lib/openai/chatgpt/relay";
import { createMemoryTokenStore, type TokenStore } from "@/lib/sign-in/token-store";

export interface Instance {
  /** Part of the cookie's name, because all ports of a host share cookies. */
  readonly id: string;
  readonly startTokens: StartTokens;
  readonly sessions: SessionStore;
  hosts: readonly string[];
  readonly locale: string | null;
  readonly profile: string | null;
  readonly signIn: SignInState;
  ending: boolean;
}

export interface SignInState {
  /** Encrypts next-auth's cookies. It is never stored, so a restart ends every sign-in. */
  readonly secret: string;
  readonly store: TokenStore<ChatGptLogin>;
  readonly relay: CallbackRelay;
  /** The current browser sign-in, which must return to the origin where it began. */
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

/** Throws without our launcher (a bare `next start`), since pages must not run without the door. */
export function currentInstance(): Instance {
  const instance = shared[KEY];
  if (!instance) throw new Error("OpenClaw Setup runs only through its own launcher");
  return instance;
}

export function cookieName(instance: Instance): string {
  return `openclaw-setup-${instance.id}`;
}
