/** The primary action of a step, and its quieter kind. The border shows in forced colours. */

import type { ComponentProps } from "react";

const SHAPE =
  "inline-flex min-h-11 cursor-pointer items-center rounded-lg px-5 py-2 font-semibold no-underline";
const KINDS = {
  primary: "border border-transparent bg-accent text-on-accent hover:opacity-90",
  quiet: "border border-line bg-surface text-ink hover:border-quiet",
};

export function Button({
  kind = "primary",
  ...rest
}: Readonly<ComponentProps<"button"> & { kind?: keyof typeof KINDS }>) {
  return <button type="submit" {...rest} className={`${SHAPE} ${KINDS[kind]}`} />;
}

export function ButtonLink({
  kind = "primary",
  ...rest
}: Readonly<ComponentProps<"a"> & { kind?: keyof typeof KINDS }>) {
  return <a {...rest} className={`${SHAPE} ${KINDS[kind]}`} />;
}
