"use client";

/** Asks for the page again while something runs; without scripts the browser reloads by itself. */

import { useRouter } from "next/navigation";
import { useEffect } from "react";

interface RefresherProps {
  /** Milliseconds. */
  readonly every: number;
  /** How long it runs already, in milliseconds: a reload, which begins the page anew, comes more and more seldom. */
  readonly soFar?: number;
  /** Without scripts the page stays until it is loaded again, for a reload would empty its forms. */
  readonly keepsForms?: boolean;
}

const RARELY_S = 5;

export function Refresher({ every, soFar = 0, keepsForms = false }: RefresherProps) {
  const router = useRouter();
  useEffect(() => {
    // An answer that is late would take the place of the page that was asked for, the last one above all.
    let isLeaving = false;
    const timer = setInterval(() => {
      if (!isLeaving) router.refresh();
    }, every);
    const leave = () => {
      isLeaving = true;
    };
    const stay = () => {
      isLeaving = false;
    };
    window.addEventListener("beforeunload", leave);
    window.addEventListener("pageshow", stay);
    return () => {
      clearInterval(timer);
      window.removeEventListener("beforeunload", leave);
      window.removeEventListener("pageshow", stay);
    };
  }, [router, every]);
  if (keepsForms) return null;
  const seconds = Math.ceil(Math.max(every, Math.min(soFar / 4, RARELY_S * 1000)) / 1000);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(seconds)} />
    </noscript>
  );
}
