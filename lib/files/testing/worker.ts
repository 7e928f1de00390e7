/**
 * A process of its own for the tests: it is started as another user, killed, or run under a tracer,
 * which the test's own process cannot be. Reads one order as JSON from its argument and prints JSON.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { applyTransaction } from "@/lib/files/apply";
import { readFileState } from "@/lib/files/read-file-state";
import { recover } from "@/lib/files/recover";
import { beginStep } from "@/lib/files/step";
import { undoTransaction } from "@/lib/files/transactions";
import type { FileChange } from "@/lib/files/types";

export interface WireChange {
  readonly path: string;
  /** Text; the tests of exact bytes run in the test's own process. */
  readonly before: string | null;
  readonly after: string | null;
  readonly mode?: number;
}

export type Order =
  | {
      readonly do: "apply";
      readonly root: string;
      readonly allowedRoots?: readonly string[];
      readonly changes: readonly WireChange[];
      /** Wait for one line of input first, so that several start together. */
      readonly wait?: boolean;
    }
  | { readonly do: "undo"; readonly root: string; readonly id: string }
  | { readonly do: "recover"; readonly root: string }
  /** Begins a step of another program and waits to be killed. */
  | { readonly do: "step"; readonly root: string; readonly label: string }
  | { readonly do: "read"; readonly path: string }
  | { readonly do: "count"; readonly root: string };

function bytes(text: string | null): Uint8Array | null {
  return text === null ? null : Buffer.from(text);
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** The two files of `count`, in one generation. They differ in length so that mixes show. */
export function generation(root: string, number: number): WireChange[] {
  const name = (file: string) => join(root, file);
  const filler = "x".repeat((number * 37) % 5000);
  return [
    {
      path: name("openclaw.json"),
      before: null,
      after: `{"generation":${number},"f":"${filler}"}`,
    },
    { path: name(".env"), before: null, after: `GENERATION=${number}\n` },
  ];
}

function present(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/** Writes generation after generation until it is killed; every tenth removes the second file. */
async function count(root: string): Promise<void> {
  const recovered = await recover(root);
  if (!recovered.ok) return print(recovered);
  const found = /"generation":(\d+)/.exec(present(join(root, "openclaw.json")) ?? "")?.[1];
  for (let number = Number(found ?? 0) + 1; ; number += 1) {
    const changes: FileChange[] = generation(root, number).map(({ path, after }, index) => ({
      path,
      before: bytes(present(path)),
      after: index === 1 && number % 10 === 0 ? null : bytes(after),
      mode: 0o600,
    }));
    const began = performance.now();
    const result = await applyTransaction(changes, { root, label: `generation ${number}` });
    if (!result.ok) return print(result);
    print({ done: number, ms: Math.ceil(performance.now() - began) });
  }
}

async function main(order: Order): Promise<void> {
  switch (order.do) {
    case "apply": {
      if (order.wait) {
        print("ready");
        await new Promise((resolve) => process.stdin.once("data", resolve));
        process.stdin.destroy();
      }
      const changes = order.changes.map(({ path, before, after, mode }) => ({
        path,
        before: bytes(before),
        after: bytes(after),
        mode: mode ?? 0o600,
      }));
      const { root, allowedRoots } = order;
      return print(
        await applyTransaction(changes, {
          root,
          label: "test",
          ...(allowedRoots && { allowedRoots }),
        }),
      );
    }
    case "undo":
      return print(await undoTransaction(order.root, order.id));
    case "recover":
      return print(await recover(order.root));
    case "step": {
      const skip = (parts: readonly string[]) =>
        [".openclaw-setup", "logs"].includes(parts[0] ?? "");
      print(await beginStep(order.root, order.label, skip));
      return new Promise(() => setInterval(() => {}, 1000));
    }
    case "read":
      return print(await readFileState(order.path));
    case "count":
      return count(order.root);
  }
}

const argument = process.argv[2];
// Only when run as a program; the tests import the words above.
if (argument?.startsWith("{")) await main(JSON.parse(argument) as Order);
