"use client";

/** Submits its form at once; without scripts the form's button does. */

import { useEffect, useRef } from "react";

export function SendAtOnce() {
  const place = useRef<HTMLInputElement>(null);
  useEffect(() => place.current?.form?.requestSubmit(), []);
  return <input ref={place} type="hidden" />;
}
