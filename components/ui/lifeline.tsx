"use client";

/** Reports that the server has ended, and keeps the page with what was typed. */

import { type ReactNode, useEffect, useState } from "react";

const EVERY_MS = 2500;

export function Lifeline({ children }: Readonly<{ children: ReactNode }>) {
  const [gone, setGone] = useState(false);

  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      clearTimeout(timer);
      if (!document.hidden) {
        // Any small file works: a restarted server does not know this visit and refuses it.
        const answers = await fetch("/mark.svg", { method: "HEAD", cache: "no-store" }).then(
          (answer) => answer.ok,
          () => false,
        );
        if (ended) return;
        setGone(!answers);
      }
      timer = setTimeout(look, EVERY_MS);
    };
    timer = setTimeout(look, EVERY_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);

  useEffect(() => {
    if (!gone) return;
    const keep = (event: Event) => {
      const link = event.target instanceof Element && event.target.closest("a[href^='/']");
      if (event.type !== "submit" && !link) return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener("submit", keep, true);
    document.addEventListener("click", keep, true);
    return () => {
      document.removeEventListener("submit", keep, true);
      document.removeEventListener("click", keep, true);
    };
  }, [gone]);

  return <div className="sticky top-0 z-10">{gone && children}</div>;
}
