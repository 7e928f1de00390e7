/** Explains in the pages' words why nothing was written or undone. */

import { EXIT } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import type { Words } from "@/lib/i18n/words";
import { UnreadableFile } from "@/lib/setup/machine/unreadable-file";
import type { WriteRefusal } from "@/lib/setup/types";
import { ownerAdviceFor } from "@/lib/system/ownership";
import { visible } from "@/lib/text/visible";
import type { WriteProblem } from "@/lib/visit/outcome";

const OF_OWNERS: readonly string[] = ["other-owner", "not-writable", "not-readable"];

export function writeFailure(
  { code, path, detail }: WriteRefusal,
  { write: t }: Words,
  shown: (path: string) => string = visible,
): Failure {
  const advice = OF_OWNERS.includes(code) ? ownerAdviceFor(path) : null;
  const command = advice && "command" in advice ? `\n  ${visible(advice.command)}` : "";
  const next = advice
    ? `${t(advice.kind, { user: visible(advice.user) })}${command}`
    : t(`${code}.next`, { path: shown(path) });
  return {
    code,
    exit: code === "changed-since-preview" ? EXIT.changed : EXIT.notWritten,
    what: t(`${code}.title`, { path: shown(path) }),
    next: `${next}\n${t("nothingWritten")}`,
    path,
    detail,
  };
}

/** Null unless the error is an unreadable OpenClaw file. */
export function unreadableFailure(error: unknown, words: Words): Failure | null {
  if (!(error instanceof UnreadableFile)) return null;
  return { ...writeFailure(error.refusal, words), exit: EXIT.noPlan };
}

export function problemFailure(
  problem: WriteProblem,
  words: Words,
  credential: "key" | "login",
): Failure {
  const { review, handOver, preflight, cli } = words;
  switch (problem.kind) {
    case "changed":
      return {
        code: "changed-since-preview",
        exit: EXIT.changed,
        what: review("changed.file"),
        next: cli("changedNext"),
      };
    case "objected":
      return {
        code: "objected",
        exit: EXIT.objected,
        what: preflight("ours", { version: "" }).replace("  ", " "),
        next: preflight("oursNext"),
      };
    case "refused":
      return writeFailure(problem.refusal, words);
    case "cancelled":
      return { code: "cancelled", exit: EXIT.interrupted, what: cli("cancelled"), next: "" };
    case "hand-over-failed": {
      const { code, detail, left } = problem.failure;
      const isOwn = code === "command-failed" || code === "login-missing";
      const own = credential === "key" && isOwn ? (`key-${code}` as const) : code;
      const state =
        left === null
          ? handOver(credential === "key" ? "failure.restoredKey" : "failure.restored")
          : handOver("failure.left", { path: visible(left.path) });
      return {
        code,
        exit: code === "cancelled" ? EXIT.interrupted : EXIT.notWritten,
        what: handOver(`failure.${own}.title`),
        next: `${handOver(`failure.${own}.next`)} ${state}`,
        path: left?.path ?? null,
        detail: [detail, left?.detail].filter(Boolean).join("\n"),
      };
    }
    case "broken":
      return { code: "unexpected", exit: EXIT.unexpected, what: cli("unexpected"), next: "" };
  }
}
