/** Downloads an export as one archive. */

import { currentVisit } from "@/app/_server/visit";
import { archiveName, targetNamed } from "@/app/export/_parts/target";
import { withReadme } from "@/app/export/_parts/with-readme";
import { archiveOf } from "@/lib/setup/export/archive";
import { exportOf } from "@/lib/visit/export/export";
import { readSnapshot } from "@/lib/visit/machine";

export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ readonly file: string }> },
): Promise<Response> {
  const visit = await currentVisit("GET");
  const target = targetNamed((await params).file);
  const made = target && exportOf(visit, await readSnapshot(visit), target);
  if (!target || !made?.ok) return new Response("404\n", { status: 404 });
  const name = archiveName(target);
  const bytes = archiveOf(name, await withReadme(made.value));
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${name}.zip"`,
      "cache-control": "no-store",
    },
  });
}
