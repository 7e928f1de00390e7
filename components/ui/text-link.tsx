/** A plain link, for example back to the previous step. */

import type { ComponentProps, ReactNode } from "react";

export function TextLink({ className = "", ...rest }: Readonly<ComponentProps<"a">>) {
  return (
    <a {...rest} className={`inline-block min-h-6 underline underline-offset-4 ${className}`} />
  );
}

/** Opens another site in a new tab without a referrer. */
export function OutsideLink({ href, children }: Readonly<{ href: string; children: ReactNode }>) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className="underline underline-offset-4"
    >
      {children}
    </a>
  );
}
