/** What one visit has chosen and done so far; kept by the server, so that a reload loses nothing. */

import { randomBytes } from "node:crypto";
import type { SignInState } from "@/lib/door/instance";
import type { AccountCheck } from "@/lib/openai/chatgpt/account-check";
import type { DeviceSignIn } from "@/lib/openai/chatgpt/device-code";
import type { LoginSummary } from "@/lib/openai/chatgpt/login";
import type { PastedRedirectRefusal } from "@/lib/openai/chatgpt/pasted-redirect";
import type { SignInProblem } from "@/lib/openai/chatgpt/problems";
import type { Environment } from "@/lib/openclaw/places/home";
import type { FileKeyForm } from "@/lib/setup/key-forms";
import type { OtherDefault } from "@/lib/setup/types";
import type { DoctorAnswer } from "@/lib/setup/verify/doctor/ask-doctor";
import type { Preflight } from "@/lib/setup/verify/preflight";
import type { Rehearsal } from "@/lib/setup/verify/rehearsal/verdict";
import type { StoredLogins } from "@/lib/setup/verify/stored-logins";
import type { Job } from "@/lib/system/job";
import type { ExportTrial } from "@/lib/visit/export/trial-result";
import { type KeyState, NO_KEY } from "@/lib/visit/key-state";
import { type Installing, NOTHING_DONE, type Opening, type Outcome } from "@/lib/visit/outcome";

/** How a ChatGPT login came here. */
export type LoginSource = "browser" | "pasted" | "device-code" | "codex";

/** What the browser need not keep of an attempt. */
interface SpentCookie {
  readonly name: string;
  readonly value: string;
  readonly expires: Date | null;
}

/** A sign-in on its way; all of it stays on the server. */
export interface SignInProgress {
  problem: SignInProblem | null;
  /** The browser was sent to the service and has not come back. */
  underWay: boolean;
  /** The service's address to open in a browser elsewhere, whose end is then pasted. */
  elsewhere: string | null;
  pasteRefusal: PastedRedirectRefusal["code"] | null;
  device: DeviceSignIn | null;
  /** The service let the browser in, and is asked for the login; by the state of its attempt. */
  exchange: { readonly state: string; readonly job: Job<readonly SpentCookie[]> } | null;
  /** Logins that are being ended at the service. */
  revoking: Job<unknown> | null;
  /** Codex's login of this machine, asked about before it is shared. */
  codexCheck: Job<AccountCheck> | null;
  /** What OpenClaw has stored, asked after a sign-in by its own command. */
  stored: Job<StoredLogins> | null;
}

/** Where a visit takes place: a server with its page, a command line, or a test. */
export interface VisitHost {
  readonly env: Environment;
  /** `--profile` of OpenClaw; null: none. */
  readonly profile: string | null;
  readonly signIn: SignInState;
}

export interface Visit {
  readonly host: VisitHost;
  auth: "api-key" | "chatgpt" | null;
  /** The release that will be installed; an installed one goes before it. Null: the newest. */
  target: string | null;
  /** The tokens are in the token store, under `id`; null before the sign-in and once OpenClaw has them. */
  login: {
    readonly id: string;
    readonly account: LoginSummary;
    readonly source: LoginSource;
    /** It was downloaded, and lives on there. */
    readonly taken?: boolean;
    /** What ChatGPT says of it; null where there is no ChatGPT to ask. */
    readonly check: Job<AccountCheck> | null;
  } | null;
  signIn: SignInProgress;
  key: KeyState;
  /** The person goes on without waiting for what an untested release tells of itself. */
  readingSkipped: boolean;
  model: string | null;
  modelRefusal: string | null;
  /** Null until the person says. */
  otherDefault: OtherDefault | null;
  keyForm: FileKeyForm | null;
  declined: readonly string[];
  accepted: readonly string[];
  readonly gatewayToken: string;
  /** What the installed OpenClaw says of the plan, and of which one. */
  preflight: { readonly of: string; readonly job: Job<Preflight> } | null;
  /** What its own doctor makes of what it refuses, and of which config. */
  doctor: { readonly of: string; readonly job: Job<DoctorAnswer> } | null;
  /** What it would send, and of which plan; null inside where the config is refused already. */
  rehearsal: { readonly of: string; readonly job: Job<Rehearsal | null> } | null;
  /** OpenClaw, or a Node for it, being installed or installed by this visit. */
  installing: Installing | null;
  /** What it makes of an exported config, and of which one. */
  exportTrial: { readonly of: string; readonly job: Job<ExportTrial> } | null;
  outcome: Outcome;
  /** The way into the dashboard, asked for and not yet gone. */
  opening: Opening | null;
}

/** `gatewayToken`: for a gateway that has none; the same gives the same bytes. */
export function newVisit(
  host: VisitHost,
  gatewayToken: string = randomBytes(24).toString("hex"),
): Visit {
  return {
    host,
    auth: null,
    target: null,
    login: null,
    signIn: {
      problem: null,
      underWay: false,
      elsewhere: null,
      pasteRefusal: null,
      device: null,
      exchange: null,
      revoking: null,
      codexCheck: null,
      stored: null,
    },
    key: NO_KEY,
    readingSkipped: false,
    model: null,
    modelRefusal: null,
    otherDefault: null,
    keyForm: null,
    declined: [],
    accepted: [],
    gatewayToken,
    preflight: null,
    doctor: null,
    rehearsal: null,
    installing: null,
    exportTrial: null,
    outcome: NOTHING_DONE,
    opening: null,
  };
}
