/** What one step costs a browser that has never been here: bytes, and the Web Vitals. */

import type { Browser, BrowserContextOptions, Page } from "@playwright/test";

export const CHROMIUM_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
];

export type StorageState = NonNullable<BrowserContextOptions["storageState"]>;

export interface Weight {
  /** Bytes on the wire, headers included. */
  readonly script: number;
  readonly style: number;
  readonly document: number;
}

export interface Visit extends Weight {
  /** Milliseconds. */
  readonly lcp: number;
  /** The longest of the interactions, milliseconds; browsers count in steps of 8. */
  readonly inp: number;
  readonly cls: number;
}

export interface Step {
  readonly name: string;
  readonly url: string;
  /** What a person does on this page; it stays on the page. */
  readonly interact: (page: Page) => Promise<void>;
}

const KINDS: Readonly<Record<string, keyof Weight>> = {
  Script: "script",
  Stylesheet: "style",
  Document: "document",
};

/** Opens the step with an empty cache, waits until nothing loads any more, and uses it. */
export async function visitStep(
  browser: Browser,
  step: Step,
  storageState: StorageState | undefined,
): Promise<Visit> {
  const context = await browser.newContext({
    locale: "en-US",
    ...(storageState ? { storageState } : {}),
  });
  try {
    const page = await context.newPage();
    const weight = await weigh(page, async (opened) => {
      await opened.goto(step.url, { waitUntil: "networkidle" });
    });
    const lcp = await page.evaluate(largestPaint);
    await page.evaluate(listenToEvents);
    await step.interact(page);
    const { inp, cls } = await page.evaluate(eventsSoFar);
    return { ...weight, lcp, inp, cls };
  } finally {
    await context.close();
  }
}

/** The bytes that Chromium counted on the wire while something was loaded. */
export async function weigh(page: Page, load: (page: Page) => Promise<void>): Promise<Weight> {
  const session = await page.context().newCDPSession(page);
  const kinds = new Map<string, keyof Weight>();
  const weight = { script: 0, style: 0, document: 0 };
  session.on("Network.responseReceived", ({ requestId, type }) => {
    const kind = KINDS[type];
    if (kind) kinds.set(requestId, kind);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind) weight[kind] += encodedDataLength;
  });
  await session.send("Network.enable");
  await load(page);
  await session.detach();
  return weight;
}

/** Runs in the page. */
function largestPaint(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
      type: "largest-contentful-paint",
      buffered: true,
    });
  });
}

interface Listening {
  listened?: { inp: number };
}

/** Runs in the page. */
function listenToEvents(): void {
  const listened = { inp: 0 };
  (window as Listening).listened = listened;
  const note = (list: PerformanceObserverEntryList) => {
    for (const entry of list.getEntries()) {
      const { interactionId } = entry as PerformanceEntry & { interactionId?: number };
      if (interactionId || entry.entryType === "first-input") {
        listened.inp = Math.max(listened.inp, entry.duration);
      }
    }
  };
  // Shorter ones are reported of the first interaction only.
  const events = { type: "event", durationThreshold: 16, buffered: true };
  new PerformanceObserver(note).observe(events as PerformanceObserverInit);
  new PerformanceObserver(note).observe({ type: "first-input", buffered: true });
}

/** Runs in the page: two frames later, when what was done has been painted and reported. */
async function eventsSoFar(): Promise<{ inp: number; cls: number }> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const idle = () => new Promise((resolve) => requestIdleCallback(resolve));
  for (let i = 0; i < 3; i += 1) await frame();
  await idle();
  let cls = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
      if (!shift.hadRecentInput) cls += shift.value;
    }
  });
  observer.observe({ type: "layout-shift", buffered: true });
  for (let i = 0; i < 3; i += 1) await frame();
  await idle();
  return { inp: (window as Listening).listened?.inp ?? 0, cls };
}
