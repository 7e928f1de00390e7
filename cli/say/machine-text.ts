/** Describes this machine in the first page's words. */

import type { Words } from "@/lib/i18n/words";
import { placeOfCredential } from "@/lib/setup/machine/found-key";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { visible, visibleAll } from "@/lib/text/visible";

/** `problems` has the lines about problems. */
export interface MachineText {
  readonly facts: readonly string[];
  readonly problems: readonly string[];
}

export function machineText(found: MachineView, words: Words): MachineText {
  const { found: t, gateway: g, olderInUse } = words;
  const { snapshot, shown, location, gateway, installed, newerWriter } = found;
  const openclaw = openClawText(found, words);
  const path = shown(snapshot.configPath);
  const credentials = credentialLines(found, words);
  return {
    facts: [
      ...openclaw.facts,
      snapshot.configBytes === null ? t("noConfig", { path }) : t("config", { path }),
      ...credentials,
      ...(credentials.length === 0 ? [t("noCredential")] : []),
      ...(gateway.kind === "here" && gateway.isRunning
        ? [g("found.runs", { port: String(gateway.port), version: "none" })]
        : []),
    ],
    problems: [
      ...openclaw.problems,
      ...brokenLines(found, words),
      ...location.notes.map(({ code, ...names }) => t(`note.${code}`, visibleAll(names))),
      ...(gateway.kind === "remote" ? [t("gatewayRemote")] : []),
      ...(newerWriter === null
        ? []
        : [
            `${olderInUse("title", { writer: newerWriter, used: installed?.version ?? "" })}. ${olderInUse("next")}`,
          ]),
    ],
  };
}

function openClawText(found: MachineView, { found: t, list }: Words): MachineText {
  const { detection, installed, node, others, certainty, shown } = found;
  if (detection.state === "missing-bin") {
    return { facts: [], problems: [t("missingBin", { path: shown(detection.path) })] };
  }
  if (!installed) return { facts: [t("notInstalled")], problems: [] };
  const where = shown(installed.packageDir ?? installed.command.path);
  const facts = [
    t(others.length > 0 ? "usedHere" : "installed", { version: installed.version, where }),
    ...others.map(({ version, packageDir, command }) =>
      t("alsoInstalled", { version, where: shown(packageDir ?? command.path) }),
    ),
    ...(certainty === "assumed" ? [t("assumed")] : []),
    ...(node?.state === "fits"
      ? [t("nodeFits", { version: node.node.version, needed: node.needed })]
      : []),
  ];
  if (node?.state === "other-fits") {
    const { usual, needed } = node;
    const { version, path } = node.node;
    const names = { usual: usual?.version ?? "–", needed, version, path: shown(path) };
    return { facts, problems: [t("nodeOther", names)] };
  }
  if (node?.state !== "none-fits") return { facts, problems: [] };
  const versions = list([...new Set(node.found.map(({ version }) => version))]) || "–";
  return { facts, problems: [t("nodeNone", { needed: node.needed, found: versions })] };
}

function credentialLines(found: MachineView, { found: t }: Words): readonly string[] {
  const { credentials, shown, newerWriter } = found;
  return credentials.map((one) => {
    const where = placeOfCredential(one, shown);
    const { prefix = "", last4 = "" } = one.fingerprint ?? {};
    const names = { where, fingerprint: `${prefix}••••${last4}` };
    if (one.state === "used") return t(one.wins ? "credentialWins" : "credential", names);
    const isOlder = one.state === "refused" && newerWriter !== null;
    return t(`state.${isOlder ? "ignored" : one.state}`, names);
  });
}

function brokenLines({ broken, shown }: MachineView, { found: t }: Words): readonly string[] {
  if (broken === null) return [];
  const path = shown(broken.file);
  if (broken.code !== "config-unparsable") {
    return [t("includeBroken", { path, include: visible(broken.include) })];
  }
  if (broken.error.detail === "UTF-16") return [t("utf16", { path })];
  const { line, column } = broken.error;
  return [t("configBroken", { path, line, column })];
}
