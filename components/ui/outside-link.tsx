/** A link to a page of somebody else: in a tab of its own, which learns nothing of this one. */

import type { ReactNode } from "react";

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
