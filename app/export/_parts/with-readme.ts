/** Adds a README in the page's language to an export's files. */

import { getTranslations } from "next-intl/server";
import { ENGINE_NAMES } from "@/lib/openclaw/deployments/shapes";
import { printReadme } from "@/lib/setup/export/readme";
import type { Export, ExportFile } from "@/lib/setup/export/types";

export async function withReadme(made: Export): Promise<readonly ExportFile[]> {
  const t = await getTranslations("export.readme");
  const text = printReadme(made, ENGINE_NAMES[made.engine], (word, data) => t(word, data ?? {}));
  return [{ path: "README.md", text, mode: 0o644 }, ...made.files];
}
