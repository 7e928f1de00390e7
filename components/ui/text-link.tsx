/** A plain link, such as the way back beside the action of a step. */

import type { ComponentProps, ReactNode } from "react";

export function TextLink({ className = "", ...rest }: Readonly<ComponentProps<"a">>) {
  return (
    <a {...rest} className={`inline-block min-h-6 underline underline-offset-4 ${className}`} />
  );
}

/** To a page of somebody else: in a tab of its own, which learns nothing of this one. */
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
