"use client";

/** Replaces a broken page: says that nothing was written, and offers a retry. */

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { useWords } from "@/app/_parts/words";
import { Button } from "@/components/ui/button";

export default function Broken({
  error,
  reset,
}: Readonly<{ error: Error & { readonly digest?: string }; reset: () => void }>) {
  const t = useWords();
  const router = useRouter();
  // The server rendered the page, so only a new request can succeed.
  const again = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  const gone = isUnreachable(error);
  const file = fileIn(error.digest);
  const about = file && t(`write.${file.code}.title`);
  const kind = gone ? "broken.gone" : "broken";
  const advice = file?.advice ?? null;
  const title = about ?? t(`${kind}.title`);
  return (
    <div role="alert">
      <title>{`${title} · OpenClaw Setup`}</title>
      <h1 className="text-3xl font-semibold">{title}</h1>
      <p className="mt-3 mb-6">
        {advice
          ? t(`write.${advice.kind}`, { user: advice.user })
          : file && about
            ? t(`write.${file.code}.next`, { path: file.path })
            : t(`${kind}.next`)}
      </p>
      {advice?.command && (
        <pre dir="ltr" className="mb-6 rounded-lg border border-line p-3 whitespace-pre-wrap">
          <code>{advice.command}</code>
        </pre>
      )}
      <Button type="button" onClick={again}>
        {t("broken.retry")}
      </Button>
    </div>
  );
}

/** `fetch` failed without an answer; errors of the server have a digest. */
function isUnreachable(error: Error & { readonly digest?: string }): boolean {
  return error instanceof TypeError && error.digest === undefined;
}

/** See lib/setup/machine/unreadable-file.ts, the only error that explains itself. */
function fileIn(digest: string | undefined): FileProblem | null {
  if (!digest?.startsWith("{")) return null;
  const { code, path, advice } = JSON.parse(digest) as Partial<FileProblem>;
  return typeof code === "string" && typeof path === "string"
    ? { code, path, advice: advice ?? null }
    : null;
}

interface FileProblem {
  readonly code: string;
  readonly path: string;
  readonly advice: {
    readonly kind: string;
    readonly user: string;
    readonly command?: string;
  } | null;
}
