/** What was seen after a write, for tests: OpenClaw's verdict, a reply, and no gateway. */

import type { Reply } from "@/lib/setup/verify/reply";
import type { Verification } from "@/lib/setup/verify/verify";

export const USABLE = {
  kind: "answered",
  valid: true,
  verdict: "usable",
  model: "openai/gpt-5.5",
  credential: { kind: "key-variable", key: "" },
  stored: [],
  backup: false,
  differences: [],
  detail: "",
} as const satisfies Verification;

export const REPLIED = {
  kind: "replied",
  text: "pong",
  model: "openai/gpt-5.5",
  milliseconds: 1,
  credential: null,
  by: "local",
  gatewaySaid: null,
  isOlder: false,
  differences: [],
} as const satisfies Reply;

export const NO_GATEWAY = {
  kind: "here",
  port: 18789,
  isRunning: false,
  isReady: false,
  startedAt: null,
  version: null,
  process: null,
  isOurs: false,
  services: [],
  others: [],
} as const;
