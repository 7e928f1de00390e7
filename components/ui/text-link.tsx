/** A plain link, such as the way back beside the action of a step. */

import type { ComponentProps } from "react";

export function TextLink({ className = "", ...rest }: Readonly<ComponentProps<"a">>) {
  return (
    <a {...rest} className={`inline-block min-h-6 underline underline-offset-4 ${className}`} />
  );
}
