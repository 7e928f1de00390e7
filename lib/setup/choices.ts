/** What a person has chosen. */

import type { FileKeyForm } from "@/lib/setup/key-forms";

/** The new model goes before another provider's default, replaces it, or follows it as a fallback. */
export type OtherDefault = "first" | "instead" | "after";

interface CommonChoices {
  readonly model: string;
  /** Null chooses by the config. */
  readonly otherDefault: OtherDefault | null;
  /** Null chooses the recommended form. */
  readonly keyForm: FileKeyForm | null;
  readonly declined: readonly string[];
  readonly accepted: readonly string[];
  /** Made once per visit, so that equal choices give equal bytes. */
  readonly gatewayToken: string;
}

export interface ApiKeyChoices extends CommonChoices {
  readonly auth: "api-key";
  readonly apiKey: string;
}

export interface ChatGptChoices extends CommonChoices {
  readonly auth: "chatgpt";
  readonly login: LoginTokens;
  /** The backup of the subscription. */
  readonly apiKey: string | null;
}

export type Choices = ApiKeyChoices | ChatGptChoices;

/** Secret. */
export interface LoginTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accountId: string | null;
  readonly email: string | null;
  readonly expiresAt: number;
}
