"use client";

/** Tells a form its page, because the layout is not rendered anew for each page. */

import { usePathname } from "next/navigation";

export function PathField({ name }: Readonly<{ name: string }>) {
  return <input type="hidden" name={name} value={usePathname()} />;
}
