/** What was learned, as the file that the program reads. Pure. */

import type { Learned, Rule } from "@/e2e/learn/learned";
import type { Place } from "@/e2e/learn/schema-places";
import { compareReleases } from "@/lib/openclaw/releases/table";

/** The same keys in several places, as a channel and its accounts. */
interface Entry {
  readonly in: readonly string[];
  readonly gone?: readonly string[];
  readonly changed?: ReadonlyArray<{
    readonly key: string;
    /** Begins with a dot where it is below the same place. */
    readonly to?: string;
    readonly values?: Rule["values"];
    readonly factor?: number;
  }>;
}

export interface LearnedRelease {
  readonly release: string;
  /** The tested release before it, which takes all of them. */
  readonly before: string;
  readonly keys: readonly Entry[];
  readonly again?: readonly string[];
  readonly open: readonly string[];
}

const OWNER =
  /^(?<owner>agents\.(?:defaults|(?:list|entries)\.\*)|channels\.[^.]+(?:\.accounts\.\*)?|[^.]+)\.(?<key>.+)$/u;

export function asRelease(
  release: string,
  before: string,
  { rules, open }: Learned,
  again: readonly string[] = [],
): LearnedRelease {
  const owners = new Map<string, Array<NonNullable<Entry["changed"]>[number]>>();
  for (const rule of rules) {
    const { owner, key } = split(rule.path);
    const to = rule.to && toOf(rule.to, owner);
    const { values, factor } = rule;
    const one = {
      key,
      ...(to === undefined ? {} : { to }),
      ...(values === undefined ? {} : { values }),
      ...(factor === undefined ? {} : { factor }),
    };
    owners.set(owner, [...(owners.get(owner) ?? []), one]);
  }
  return {
    release,
    before,
    keys: entriesOf(owners),
    ...(again.length > 0 ? { again } : {}),
    open,
  };
}

function entriesOf(
  owners: ReadonlyMap<string, ReadonlyArray<NonNullable<Entry["changed"]>[number]>>,
): Entry[] {
  const shared = new Map<string, { text: string; in: string[] }>();
  for (const [owner, keys] of owners) {
    for (const key of keys) {
      const text = JSON.stringify(key);
      const known = shared.get(text) ?? { text, in: [] };
      known.in.push(owner);
      shared.set(text, known);
    }
  }
  const groups = new Map<string, { in: string[]; keys: string[] }>();
  for (const { text, in: places } of shared.values()) {
    const name = places.toSorted().join(" ");
    const group = groups.get(name) ?? { in: places.toSorted(), keys: [] };
    group.keys.push(text);
    groups.set(name, group);
  }
  return [...groups.values()]
    .toSorted((a, b) => (a.in.join(" ") < b.in.join(" ") ? -1 : 1))
    .map(({ in: places, keys }) => {
      const all = keys.map((text): NonNullable<Entry["changed"]>[number] => JSON.parse(text));
      const gone = all.filter((one) => Object.keys(one).length === 1).map(({ key }) => key);
      const changed = all.filter((one) => Object.keys(one).length > 1);
      return {
        in: places,
        ...(gone.length > 0 ? { gone: gone.toSorted() } : {}),
        ...(changed.length > 0
          ? { changed: changed.toSorted((a, b) => (a.key < b.key ? -1 : 1)) }
          : {}),
      };
    });
}

function split(path: Place): { readonly owner: string; readonly key: string } {
  const { owner = "", key = path.join(".") } = OWNER.exec(path.join("."))?.groups ?? {};
  return { owner, key };
}

function toOf(to: Place, owner: string): string {
  const text = to.join(".");
  return owner !== "" && text.startsWith(`${owner}.`) ? text.slice(owner.length) : text;
}

/** The file with what is known of one release in its place, one key a line. */
export function intoFile(file: string, release: LearnedRelease): string {
  const others: readonly LearnedRelease[] = JSON.parse(file);
  const all = [...others.filter((one) => one.release !== release.release), release];
  return textOf(all.toSorted((a, b) => compareReleases(a.release, b.release)));
}

function textOf(all: readonly LearnedRelease[]): string {
  const releases = all.map(({ release, before, keys, again, open }) =>
    [
      "  {",
      `    "release": ${JSON.stringify(release)},`,
      `    "before": ${JSON.stringify(before)},`,
      `    "keys": ${block(keys.map(entryText))},`,
      ...(again ? [`    "again": ${JSON.stringify(again)},`] : []),
      `    "open": ${block(open.map((one) => `      ${JSON.stringify(one)}`))}`,
      "  }",
    ].join("\n"),
  );
  return `[\n${releases.join(",\n")}\n]\n`;
}

function block(lines: readonly string[]): string {
  return lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n    ]`;
}

function entryText({ in: places, gone, changed }: Entry): string {
  const lines = [
    `        "in": ${JSON.stringify(places)}`,
    ...(gone ? [`        "gone": [\n${list(gone)}\n        ]`] : []),
    ...(changed ? [`        "changed": [\n${list(changed)}\n        ]`] : []),
  ];
  return `      {\n${lines.join(",\n")}\n      }`;
}

function list(values: readonly unknown[]): string {
  return values.map((one) => `          ${JSON.stringify(one)}`).join(",\n");
}
