/** Pages in letters of different widths: whether anything runs off the screen in each of them. */

import { expect, type Page } from "@playwright/test";

/** A narrow family and a wide one, both in Debian; `tools/fonts.mjs` installs them where it can. */
const FAMILIES = ["Liberation Sans", "DejaVu Sans"] as const;
type Family = (typeof FAMILIES)[number];

/** Which of `FAMILIES` this browser draws with, asked by what it drew. */
export async function familiesHere(page: Page): Promise<readonly Family[]> {
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
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      document.adoptedStyleSheets = [];
      return { wide, cut: cut.map((element) => element.outerHTML) };
    }, family);
    expect({ family, ...beyond }).toEqual({ family, wide: 0, cut: [] });
  }
}
