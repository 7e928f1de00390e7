"use client";

/** Asks for the page again while something runs; without scripts the browser reloads by itself. */

import { useRouter } from "next/navigation";
import { useEffect } from "react";

interface RefresherProps {
  /** Milliseconds. */
  readonly every: number;
  /** Without scripts the page stays until it is loaded again, for a reload would empty its forms. */
  readonly keepsForms?: boolean;
}

export function Refresher({ every, keepsForms = false }: RefresherProps) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), every);
    return () => clearInterval(timer);
  }, [router, every]);
  if (keepsForms) return null;
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(Math.max(1, Math.round(every / 1000)))} />
    </noscript>
  );
}
