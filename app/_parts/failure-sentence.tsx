/** Quotes the sentence of OpenClaw or the provider that explains a failure. */

export function FailureSentence({ sentence }: Readonly<{ sentence: string }>) {
  if (sentence === "") return null;
  return (
    <blockquote
      dir="auto"
      translate="no"
      className="my-2 border-s-2 border-line ps-4 wrap-anywhere whitespace-pre-wrap"
    >
      {sentence}
    </blockquote>
  );
}
