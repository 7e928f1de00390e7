/** The state of one visit, kept on the server so that a reload loses nothing. */

import { randomBytes } from "node:crypto";
import type { SignInState } from "@/lib/door/instance";
import type { AccountCheck } from "@/lib/openai/chatgpt/account-check";
import type { DeviceSignIn } from "@/lib/openai/chatgpt/device-code";
import type { LoginSummary } from "@/lib/openai/chatgpt/login";
import type { PastedRedirectRefusal } from "@/lib/openai/chatgpt/pasted-redirect";
import type { SignInProblem } from "@/lib/openai/chatgpt/problems";
import type { Environment } from "@/lib/openclaw/places/home";
import type { OtherDefault } from "@/lib/setup/choices";
import type { FileKeyForm } from "@/lib/setup/key-forms";
import type { StageName } from "@/lib/setup/stage";
import type { DoctorAnswer } from "@/lib/setup/verify/doctor/ask-doctor";
import type { Preflight } from "@/lib/setup/verify/preflight";
import type { Rehearsal } from "@/lib/setup/verify/rehearsal/verdict";
import type { StoredLogins } from "@/lib/setup/verify/stored-logins";
import type { Job } from "@/lib/system/job";
import type { ExportTrial } from "@/lib/visit/export/trial-result";
import { type KeyState, NO_KEY } from "@/lib/visit/key-state";
import {
  type Installing,
  NOTHING_DONE,
  type Opening,
  type Outcome,
  type Pairing,
  type WhoAsked,
} from "@/lib/visit/outcome";

export type LoginSource = "browser" | "pasted" | "device-code" | "codex";

/** Identifies a cookie to delete. */
interface SpentCookie {
  readonly name: string;
  readonly value: string;
  readonly expires: Date | null;
}

export interface SignInProgress {
  problem: SignInProblem | null;
  /** The browser was sent to the service and has not returned. */
  underWay: boolean;
  /** The service's address for a browser elsewhere, whose final address is pasted. */
  elsewhere: string | null;
  pasteRefusal: PastedRedirectRefusal["code"] | null;
  device: DeviceSignIn | null;
  /** The running code exchange, by the attempt's state. */
  exchange: { readonly state: string; readonly job: Job<readonly SpentCookie[]> } | null;
  revoking: Job<unknown> | null;
  codexCheck: Job<AccountCheck> | null;
  /** Asked after a sign-in by OpenClaw's own command. */
  stored: Job<StoredLogins> | null;
}

export interface VisitHost {
  readonly env: Environment;
  readonly profile: string | null;
  readonly signIn: SignInState;
}

export interface Visit {
  readonly host: VisitHost;
  auth: "api-key" | "chatgpt" | null;
  /** The release to install; an installed one overrides it, and null means the newest. */
  target: string | null;
  /** The installed release knows none of the account's models, and the user asked for an update. */
  lacksModels: boolean;
  /** `id` refers to the token store; null before the sign-in and after the hand-over. */
  login: {
    readonly id: string;
    readonly account: LoginSummary;
    readonly source: LoginSource;
    /** The login was downloaded and stays valid there. */
    readonly taken?: boolean;
    /** ChatGPT's answer; null if there is no ChatGPT to ask. */
    readonly check: Job<AccountCheck> | null;
  } | null;
  signIn: SignInProgress;
  key: KeyState;
  /** The user does not wait for an untested release's answers. */
  readingSkipped: boolean;
  /** A Telegram bot's token, which limits the plan to Telegram. Secret. */
  telegram: string | null;
  /** The pasted text was no token. */
  telegramRefused: boolean;
  model: string | null;
  modelRefusal: string | null;
  otherDefault: OtherDefault | null;
  keyForm: FileKeyForm | null;
  declined: readonly string[];
  accepted: readonly string[];
  readonly gatewayToken: string;
  /** The preflight, and its plan. */
  preflight: { readonly of: string; readonly job: Job<Preflight, StageName> } | null;
  /** Doctor's answer, and its config. */
  doctor: { readonly of: string; readonly job: Job<DoctorAnswer, StageName> } | null;
  /** The rehearsal and its plan; its value is null if the config is refused. */
  rehearsal: { readonly of: string; readonly job: Job<Rehearsal | null, StageName> } | null;
  installing: Installing | null;
  /** The trial, and its export. */
  exportTrial: { readonly of: string; readonly job: Job<ExportTrial, StageName> } | null;
  outcome: Outcome;
  /** The dashboard's address, requested but not used yet. */
  opening: Opening | null;
  pairing: Pairing | null;
  who: WhoAsked | null;
}

/** `gatewayToken` is for a gateway without one; a fixed token gives reproducible bytes. */
export function newVisit(
  host: VisitHost,
  gatewayToken: string = randomBytes(24).toString("hex"),
): Visit {
  return {
    host,
    auth: null,
    target: null,
    lacksModels: false,
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
    telegram: null,
    telegramRefused: false,
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
    pairing: null,
    who: null,
  };
}
