"use client";

/** Asks for the page again while something runs; without scripts the browser reloads by itself. */

import { useRouter } from "next/navigation";
import { useEffect } from "react";

export function Refresher({ every }: Readonly<{ every: number }>) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), every);
    return () => clearInterval(timer);
  }, [router, every]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(Math.max(1, Math.round(every / 1000)))} />
    </noscript>
  );
}
