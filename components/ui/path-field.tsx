"use client";

/** Tells a form on which page it stands; the frame around the pages is not rendered anew for each. */

import { usePathname } from "next/navigation";

export function PathField({ name }: Readonly<{ name: string }>) {
  return <input type="hidden" name={name} value={usePathname()} />;
}
