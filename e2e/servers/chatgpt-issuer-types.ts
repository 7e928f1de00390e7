/** The sign-in service on loopback as its tests see it. */

import type { Gate } from "@/e2e/servers/gate";

/** What goes wrong from now on, until it is set back to null. */
export type IssuerFault =
  | "denied"
  | "no-entitlement"
  | "workspace"
  | "region"
  | "html"
  | "500"
  | "reset"
  | "truncated"
  | "no-refresh-token"
  | "clock-ahead"
  | "clock-behind"
  | "device-disabled";

export interface IssuerAccount {
  readonly accountId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly plan: string;
}

export interface SeenIssuerRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  readonly authorization: string;
}

export interface ChatGptIssuer {
  /** For CHATGPT_ISSUER. */
  readonly url: string;
  readonly clientId: string;
  fault: IssuerFault | null;
  account: IssuerAccount;
  /** Before the answers of an address, as in `/oauth/token`; open unless one is put there. */
  readonly gates: Map<string, Gate>;
  readonly seen: readonly SeenIssuerRequest[];
  /** Every token handed out, newest last, to look for where none may be. */
  readonly issued: ReadonlyArray<{ readonly kind: string; readonly token: string }>;
  close(): Promise<void>;
}
