/** A text field that is rendered anew with the focus after a refusal, so that its description is read aloud. */

import type { ComponentProps } from "react";

export interface TextFieldProps extends Omit<ComponentProps<"input">, "aria-describedby"> {
  readonly id: string;
  /** The id of the element with the reason for the refusal, or null. */
  readonly errorId: string | null;
  readonly helpId?: string;
}

export function TextField({ errorId, helpId, className = "", ...rest }: Readonly<TextFieldProps>) {
  const described = [errorId, helpId].filter(Boolean).join(" ");
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: only where the form was just sent and came back
      autoFocus={errorId !== null}
      key={errorId === null ? "open" : "refused"}
      type="text"
      dir="ltr"
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      data-1p-ignore=""
      data-bwignore="true"
      data-lpignore="true"
      data-form-type="other"
      aria-describedby={described === "" ? undefined : described}
      aria-invalid={errorId === null ? undefined : true}
      {...rest}
      className={`mt-2 block min-h-12 w-full rounded-lg border border-quiet bg-surface px-4 font-mono aria-invalid:border-bad ${className}`}
    />
  );
}
