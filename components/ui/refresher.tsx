"use client";

/** Asks for the page again when the server says that something ended; without scripts the browser reloads by itself. */

import { useRouter } from "next/navigation";
import { useEffect } from "react";

interface RefresherProps {
  /** How often the page is asked for where the server cannot tell by itself, in milliseconds. */
  readonly every: number;
  /** How long it runs already, in milliseconds: a reload, which begins the page anew, comes more and more seldom. */
  readonly soFar?: number;
  /** Without scripts the page stays until it is loaded again, for a reload would empty its forms. */
  readonly keepsForms?: boolean;
}

const RARELY_S = 5;
/** Where the server tells of every end by itself, for what nothing tells of: a sign-in in another tab. */
const SELDOM_MS = 3_000;
/** The server says there when something that a page waits for has ended. */
const CHANGES = "/changes";

export function Refresher({ every, soFar = 0, keepsForms = false }: RefresherProps) {
  const router = useRouter();
  useEffect(() => {
    // An answer that is late would take the place of the page that was asked for, the last one above all.
    let isLeaving = false;
    const refresh = () => {
      if (!isLeaving) router.refresh();
    };
    const source = new EventSource(CHANGES);
    let timer = setInterval(refresh, SELDOM_MS);
    source.onmessage = refresh;
    source.onerror = () => {
      source.close();
      clearInterval(timer);
      timer = setInterval(refresh, every);
    };
    const leave = () => {
      isLeaving = true;
    };
    const stay = () => {
      isLeaving = false;
    };
    window.addEventListener("beforeunload", leave);
    window.addEventListener("pageshow", stay);
    return () => {
      source.close();
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
