"use client";

/** Reloads the page when the server reports a change; without scripts the browser reloads it. */

import { useRouter } from "next/navigation";
import { useEffect } from "react";

interface RefresherProps {
  /** The polling interval without server events, in milliseconds. */
  readonly every: number;
  /** The time so far in milliseconds; full reloads become rarer with it. */
  readonly soFar?: number;
  /** Without scripts there is no reload, which would empty the forms. */
  readonly keepsForms?: boolean;
}

const RARELY_S = 5;
/** Covers changes without an event, such as a sign-in in another tab. */
const SELDOM_MS = 3_000;
const CHANGES = "/changes";

export function Refresher({ every, soFar = 0, keepsForms = false }: RefresherProps) {
  const router = useRouter();
  useEffect(() => {
    // A late answer would replace the page that was requested meanwhile.
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
