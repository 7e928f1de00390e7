/** All pictures of `npm run screenshots` on one page: a state a row, beside each other in every language, theme and width. */

import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const FOLDER = join("test-results", "screenshots");
const NAME =
  /^(?<locale>[a-z]{2}(?:-[A-Z]{2})?)-(?<theme>light|dark)-(?<screen>desktop|phone)-(?<state>.+)\.png$/u;

interface Picture {
  readonly file: string;
  readonly state: string;
  /** "fr, dark, phone" */
  readonly kind: string;
}

/** Playwright calls it when every picture was taken. Writes `index.html` beside them. */
export default async function gallery(): Promise<void> {
  const files = await readdir(FOLDER).catch(() => []);
  const pictures = files.flatMap((file): Picture[] => {
    const { locale, theme, screen, state } = NAME.exec(file)?.groups ?? {};
    return state === undefined ? [] : [{ file, state, kind: `${locale}, ${theme}, ${screen}` }];
  });
  const { compare } = new Intl.Collator("en", { numeric: true });
  const unique = (names: string[]) => [...new Set(names)].sort(compare);
  const kinds = unique(pictures.map(({ kind }) => kind));
  const states = unique(pictures.map(({ state }) => state));
  const cell = (state: string, kind: string) => {
    const found = pictures.find((one) => one.state === state && one.kind === kind);
    const image =
      found &&
      `<a href="${found.file}"><img src="${found.file}" loading="lazy" alt="${state}, ${kind}"></a>`;
    return `<td data-kind="${kind}">${image ?? ""}</td>`;
  };
  const rows = states.map(
    (state) =>
      `<tr><th scope="row">${state}</th>${kinds.map((kind) => cell(state, kind)).join("")}</tr>`,
  );
  const boxes = kinds.map(
    (kind) => `<label><input type="checkbox" value="${kind}" checked> ${kind}</label>`,
  );
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, "index.html"), page(kinds, rows, boxes));
}

const page = (kinds: string[], rows: string[], boxes: string[]) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Every state of OpenClaw Setup</title>
<style>
  body { margin: 1rem; font: 15px/1.5 system-ui; background: #777; color: #fff; }
  label { margin-inline-end: 1rem; white-space: nowrap; }
  th, td { padding: .5rem; vertical-align: top; text-align: start; }
  thead th { position: sticky; top: 0; background: #777; }
  tbody th { position: sticky; left: 0; background: #777; }
  img { width: 320px; }
  td[data-kind$="phone"] img { width: 160px; }
</style>
<h1>Every state</h1>
<p>${boxes.join("\n")}</p>
<table>
<thead><tr><th></th>${kinds.map((kind) => `<th data-kind="${kind}">${kind}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
<script>
  addEventListener("change", ({ target }) => {
    for (const cell of document.querySelectorAll("[data-kind]")) {
      if (cell.dataset.kind === target.value) cell.hidden = !target.checked;
    }
  });
</script>
</html>
`;
