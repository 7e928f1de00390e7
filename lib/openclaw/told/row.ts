/** Builds the row of any release: the nearest table row, overridden by what the installation reports. Pure. */

import { type ReleaseFacts, type SomeFacts, withFacts } from "@/lib/openclaw/releases/facts";
import type { RetiredKey } from "@/lib/openclaw/releases/retired-key";
import type { ToldAnswers } from "@/lib/openclaw/told/answers";
import {
  lacking,
  type Part,
  part,
  type ReadFact,
  type UnreadFact,
} from "@/lib/openclaw/told/facts-read";
import { modelPart } from "@/lib/openclaw/told/model-facts";
import type { ToldOpenAi } from "@/lib/openclaw/told/openai-extension";
import { schemaPart } from "@/lib/openclaw/told/schema-facts";
import { storePart } from "@/lib/openclaw/told/store-facts";

export interface ToldRow<Row> {
  readonly row: Row;
  readonly read: readonly ReadFact[];
  /** For these, the table's row applies. */
  readonly unread: readonly UnreadFact[];
}

export interface Told {
  readonly openAi: ToldOpenAi | null;
  readonly answers: ToldAnswers | null;
  readonly node: string | null;
}

/** `known` has the keys that any release refuses, with their repairs. */
export function toldRow<Row extends ReleaseFacts>(
  nearest: Row,
  { openAi, answers, node }: Told,
  known: readonly RetiredKey[],
): ToldRow<Row> {
  const steps: Array<(row: Row) => Part> = [
    () => nodePart(node),
    ...(answers
      ? [
          (row: Row) => schemaPart(row, answers.schema, known),
          (row: Row) => storePart(row, answers, openAi),
          (row: Row) => commandPart(answers, row),
        ]
      : []),
    (row) => modelPart(row, openAi),
  ];
  return steps.reduce<ToldRow<Row>>(
    (told, step) => {
      const { facts, read, unread } = step(told.row);
      return {
        row: withFacts(told.row, facts),
        read: [...told.read, ...read],
        unread: [...told.unread, ...unread],
      };
    },
    { row: nearest, read: [], unread: [] },
  );
}

function nodePart(node: string | null): Part {
  return node === null ? lacking("package", "missing", "node") : part("package", { node }, "node");
}

function commandPart({ validate, modelRun }: ToldAnswers, row: ReleaseFacts): Part {
  const has = (one: ToldAnswers["validate"]) =>
    one.ok ? one.value : one.error === "no-such-command" ? ([] as const) : null;
  const [checks, runs] = [has(validate), has(modelRun)];
  // The help does not tell that an early one is a whole turn (2026.4.15).
  const inferModelRun =
    runs === null || row.commands.inferModelRun === "none"
      ? undefined
      : !runs.includes("--local")
        ? "none"
        : runs.includes("--agent")
          ? "named-agent"
          : "default-agent";
  const facts: SomeFacts = {
    commands: {
      ...(checks ? { configValidate: checks.includes("--json") } : {}),
      ...(inferModelRun ? { inferModelRun } : {}),
    },
  };
  const failed = [validate, modelRun].find((one) => !one.ok && one.error !== "no-such-command");
  return failed && !failed.ok
    ? { ...lacking("help", failed.error, "commands"), facts }
    : part("help", facts, "commands");
}
