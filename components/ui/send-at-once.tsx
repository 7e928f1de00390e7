"use client";

/** Sends the form it stands in as soon as it is there; without scripts its button does. */

import { useEffect, useRef } from "react";

export function SendAtOnce() {
  const place = useRef<HTMLInputElement>(null);
  useEffect(() => place.current?.form?.requestSubmit(), []);
  return <input ref={place} type="hidden" />;
}
