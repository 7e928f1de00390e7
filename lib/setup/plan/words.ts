/** Last plan stage: the page's texts, and equivalent commands. */

import { planChanges } from "@/lib/setup/plan/changes";
import { commandsFor } from "@/lib/setup/plan/printed-commands";
import { planSecrets } from "@/lib/setup/plan/secrets";
import type { Given, Sources } from "@/lib/setup/plan/sources";
import type { Stages } from "@/lib/setup/plan/stages";
import type { Plan } from "@/lib/setup/types";
import { readJson5 } from "@/lib/text/json5/parse";
import type { Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, sameJson, withoutMoves } from "@/lib/text/json5/value";

type Words = Pick<
  Plan,
  | "changes"
  | "untouched"
  | "hasComments"
  | "overriddenBy"
  | "commands"
  | "edited"
  | "newSecrets"
  | "secrets"
>;

export function planWords(given: Given, stages: Stages): Words {
  const { snapshot, choices, sources } = given;
  const { credential, edits, files } = stages;
  const { newSecrets, secrets } = planSecrets(given, files);
  const { environmentKey } = snapshot;
  const isOverridden =
    choices.apiKey !== null && environmentKey && environmentKey !== choices.apiKey;
  return {
    changes: planChanges(given, stages),
    untouched: untouchedLeaves(sources.config, edits.value),
    hasComments: haveComments(sources),
    overriddenBy: isOverridden ? "environment" : null,
    commands: commandsFor(snapshot, {
      keyForm: choices.apiKey === null ? null : credential.keyForm,
      edits: edits.edits,
      after: edits.value,
      gatewayToken: choices.gatewayToken,
      secrets,
    }),
    edited: withoutMoves(edits.edits).map((edit) => edit.path),
    newSecrets,
    secrets,
  };
}

export function haveComments({ resolved }: Sources): boolean {
  return resolved.files.some(({ text }) => hasComments(text));
}

function hasComments(text: string): boolean {
  const read = readJson5(text);
  return read.ok && read.value.comments.length > 0;
}

export function untouchedLeaves(before: Json, after: Json): number {
  if (isJsonArray(before)) {
    const now = isJsonArray(after) ? after : [];
    return before.reduce<number>((sum, one, at) => {
      const other = now[at];
      return sum + (other === undefined ? 0 : untouchedLeaves(one, other));
    }, 0);
  }
  if (!isJsonObject(before)) return sameJson(before, after) ? 1 : 0;
  const other = isJsonObject(after) ? after : {};
  return Object.entries(before).reduce((sum, [key, value]) => {
    const now = other[key];
    return sum + (now === undefined ? 0 : untouchedLeaves(value, now));
  }, 0);
}
