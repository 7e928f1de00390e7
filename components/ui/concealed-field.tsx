/** A labelled field for a secret: concealed, not stored by browsers, shown for a moment by a button. */

import { RevealButton } from "@/components/ui/reveal-button";
import { TextField, type TextFieldProps } from "@/components/ui/text-field";

export interface ConcealedFieldProps extends Omit<TextFieldProps, "name" | "helpId" | "className"> {
  readonly label: string;
  /** The words of the button that shows the secret. */
  readonly show: string;
  readonly help: string;
}

export function ConcealedField({ id, label, show, help, ...field }: Readonly<ConcealedFieldProps>) {
  return (
    <>
      <label htmlFor={id} className="block font-semibold">
        {label}
      </label>
      <div className="mt-2 flex flex-wrap items-stretch gap-3">
        <div className="min-w-0 grow basis-60 *:mt-0">
          <TextField
            {...field}
            id={id}
            name={id}
            helpId={`${id}-help`}
            className="concealed placeholder:[-webkit-text-security:none]"
          />
        </div>
        <RevealButton field={id} label={show} />
      </div>
      <p id={`${id}-help`} className="mt-2 text-base text-quiet">
        {help}
      </p>
    </>
  );
}
