/** What one visit has chosen and done so far; kept by the server, so that a reload loses nothing. */

import { randomBytes } from "node:crypto";
import type { WriteRefusal } from "@/lib/files/types";
import type { KeyNotice, KeyQuestion, KeyRefusal } from "@/lib/openai/api-key";
import type { AccountCheck } from "@/lib/openai/chatgpt/account-check";
import type { DeviceSignIn } from "@/lib/openai/chatgpt/device-code";
import type { LoginSummary } from "@/lib/openai/chatgpt/login";
import type { PastedRedirectRefusal } from "@/lib/openai/chatgpt/pasted-redirect";
import type { SignInProblem } from "@/lib/openai/chatgpt/problems";
import type { RoutedKeyCheck } from "@/lib/openai/key-route";
import type { FileKeyForm } from "@/lib/setup/key-forms";
import type { HandOver, OtherDefault } from "@/lib/setup/types";
import type { Judgement } from "@/lib/setup/verify/preflight";
import type { Rehearsal } from "@/lib/setup/verify/rehearsal/verdict";
import type { Reply } from "@/lib/setup/verify/reply";
import type { Chosen } from "@/lib/setup/verify/reply-judgement";
import type { Verification } from "@/lib/setup/verify/verify";
import type { Undone, WriteFailure, Written } from "@/lib/setup/write/write";
import type { Job } from "@/lib/visit/job";

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
}

export interface Wizard {
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
  /** Secret: pages show it through `maskSecret` only. */
  key: { readonly value: string; readonly notices: readonly KeyNotice[] } | null;
  keyRefusal: KeyRefusal | null;
  /** What was pasted and not sent, since it looks like a secret of another service; secret. */
  keyQuestion: { readonly text: string; readonly question: KeyQuestion } | null;
  /** With a subscription: the key answers when that does not. Never without the person's word. */
  backup: boolean;
  check: Job<RoutedKeyCheck> | null;
  /** The page of the key goes on by itself once, when the answer it waits for is good. */
  checkAwaited: boolean;
  model: string | null;
  modelRefusal: string | null;
  /** Null until the person says. */
  otherDefault: OtherDefault | null;
  keyForm: FileKeyForm | null;
  declined: readonly string[];
  accepted: readonly string[];
  readonly gatewayToken: string;
  /** What the installed OpenClaw says of the plan, and of which one. */
  judgement: { readonly of: string; readonly job: Job<Judgement> } | null;
  /** What it would send, and of which plan; null inside where the config is refused already. */
  rehearsal: { readonly of: string; readonly job: Job<Rehearsal | null> } | null;
  write:
    | { readonly kind: "applied"; readonly written: Written }
    | { readonly kind: "undone"; readonly root: string; readonly undone: Undone }
    | { readonly kind: "changed" }
    /** The installed OpenClaw would refuse the change; the judgement says why. */
    | { readonly kind: "objected" }
    | { readonly kind: "refused"; readonly refusal: WriteRefusal }
    | {
        readonly kind: "hand-over-failed";
        readonly failure: Extract<WriteFailure, { kind: "hand-over" }>;
      }
    | {
        readonly kind: "undo-refused";
        readonly refusal: WriteRefusal;
        readonly written: Written;
      }
    | null;
  /** A write, and what OpenClaw is given by it, or the files alone. */
  writing: { readonly gives: HandOver["credential"] | "files"; readonly job: Job<void> } | null;
  /** What the last write was to bring about; what answers is compared with it. */
  chosen: Chosen | null;
  undoing: Job<void> | null;
  verification: Job<Verification> | null;
  reply: Job<Reply> | null;
}

export function newWizard(): Wizard {
  return {
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
    },
    key: null,
    keyRefusal: null,
    keyQuestion: null,
    backup: false,
    check: null,
    checkAwaited: false,
    model: null,
    modelRefusal: null,
    otherDefault: null,
    keyForm: null,
    declined: [],
    accepted: [],
    gatewayToken: randomBytes(24).toString("hex"),
    judgement: null,
    rehearsal: null,
    write: null,
    writing: null,
    chosen: null,
    undoing: null,
    verification: null,
    reply: null,
  };
}
