/** Pages in letters of different widths: whether anything runs off the screen in each of them. */

import { expect, type Page } from "@playwright/test";

/**
 * A narrow family, a wide one, and one of Japanese and Chinese signs, all in Debian; `tools/fonts.mjs`
 * installs them where it can.
 */
const FAMILIES = ["Liberation Sans", "DejaVu Sans", "Droid Sans Fallback"] as const;
type Family = (typeof FAMILIES)[number];

/** Which of `FAMILIES` this browser draws with, asked by what it drew of Latin and Japanese signs. */
export async function familiesHere(page: Page): Promise<readonly Family[]> {
  await page.setContent("<p>OpenClaw 日本語</p>");
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("DOM.enable");
  await cdp.send("CSS.enable");
  const { root } = await cdp.send("DOM.getDocument");
  const { nodeId } = await cdp.send("DOM.querySelector", { nodeId: root.nodeId, selector: "p" });
  const drawn = new Set<string>();
  for (const family of FAMILIES) {
    await page.evaluate((name) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`p { font-family: "${name}" !important }`);
      document.adoptedStyleSheets = [sheet];
    }, family);
    const { fonts } = await cdp.send("CSS.getPlatformFontsForNode", { nodeId });
    for (const font of fonts) drawn.add(font.familyName);
  }
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
  await cdp.detach();
  return FAMILIES.filter((family) => drawn.has(family));
}

/**
 * Expects that the page keeps to its window and cuts nothing off, with the text spacing of WCAG 1.4.12,
 * in the letters of the system and in each of `families`.
 */
export async function fitsWithTextSpacing(page: Page, families: readonly Family[]): Promise<void> {
  for (const family of [null, ...families]) {
    const beyond = await page.evaluate((name) => {
      // Not a `<style>`, which the page's own policy forbids.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-bottom: 2em !important }
        ${name ? `html { font-family: "${name}" !important }` : ""}`);
      document.adoptedStyleSheets = [sheet];
      const cut = [
        ...document.querySelectorAll("button, main a, main label, h1, h2, p, :popover-open"),
      ].filter(
        (element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1,
      );
      const { scrollWidth, clientWidth } = document.documentElement;
      const wide = scrollWidth - clientWidth;
      // What makes the page too wide, so that a run elsewhere says it without its screen.
      const beyond = [...(wide > 0 ? document.body.querySelectorAll("*") : [])].filter(
        (element) => {
          const { left, right } = element.getBoundingClientRect();
          return right > clientWidth + 0.5 || left < -0.5;
        },
      );
      document.adoptedStyleSheets = [];
      const text = (elements: Element[]) => elements.map((element) => element.outerHTML);
      return { wide, beyond: text(beyond), cut: text(cut) };
    }, family);
    expect({ family, ...beyond }).toEqual({ family, wide: 0, beyond: [], cut: [] });
  }
}
