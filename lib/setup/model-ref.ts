/** Parses model references. */

import { err, ok, type Result } from "@/lib/result";

export interface ModelRef {
  readonly provider: string;
  readonly model: string;
  readonly ref: string;
}

const REF = /^(?<provider>[A-Za-z0-9][\w.-]*)\/(?<model>\w[\w.:@+-]*(?:\/[\w.:@+-]+)*)$/u;

/** `provider/model`, of at most 200 characters. */
export function parseModelRef(
  text: string,
): Result<ModelRef, { readonly code: "empty" | "form" | "too-long" }> {
  const ref = text.trim();
  if (ref === "") return err({ code: "empty" });
  if (ref.length > 200) return err({ code: "too-long" });
  const { provider, model } = REF.exec(ref)?.groups ?? {};
  return provider && model ? ok({ provider, model, ref }) : err({ code: "form" });
}

/** The part before the first slash; "" for an alias. */
export function providerOf(ref: string): string {
  return ref.slice(0, Math.max(0, ref.indexOf("/")));
}

export function modelOf(ref: string): string {
  return ref.slice(ref.indexOf("/") + 1);
}
