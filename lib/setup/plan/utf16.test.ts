import { expect, it } from "vitest";
import { planSetup } from "@/lib/setup/plan/plan";
import { chosen, machine } from "@/lib/setup/testing/machine";

const mark = Buffer.from([0xff, 0xfe]);
const wide = (text: string) => Buffer.from(text, "utf16le");

it.each([
  ["as PowerShell writes it", Buffer.concat([mark, wide("OTHER=1\r\n")])],
  ["without its mark", wide("OPENAI_API_KEY=sk-old\n")],
])("names a .env in UTF-16 for what it is: %s", (_name, dotenvBytes) => {
  const plan = planSetup({ ...machine(), dotenvBytes }, chosen());
  expect(plan).toMatchObject({ ok: false, error: { code: "utf16" } });
});

it.each([
  ["as PowerShell writes it", Buffer.concat([mark, wide("{}")])],
  ["without its mark", wide('{ "gateway": {} }')],
])("and a config too: %s", (_name, configBytes) => {
  const plan = planSetup({ ...machine(), configBytes }, chosen());
  expect(plan).toMatchObject({
    ok: false,
    error: { code: "config-unparsable", error: { code: "not-utf8", detail: "UTF-16" } },
  });
});
