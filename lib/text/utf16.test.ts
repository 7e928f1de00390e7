import { expect, test } from "vitest";
import { isUtf16 } from "@/lib/text/utf16";

const little = (text: string) => Buffer.from(text, "utf16le");
const big = (text: string) => little(text).swap16();

test.each<[string, Uint8Array, boolean]>([
  [
    "PowerShell's >",
    Buffer.concat([Buffer.from([0xff, 0xfe]), little("OPENAI_API_KEY=x\r\n")]),
    true,
  ],
  ["big endian with its mark", Buffer.concat([Buffer.from([0xfe, 0xff]), big("A=1")]), true],
  ["little endian without a mark", little("A=1\n"), true],
  ["big endian without a mark", big('{"agents": {}}'), true],
  ["UTF-8", Buffer.from("A=ä€😀\n"), false],
  ["UTF-8 with its mark", Buffer.from("\ufeffA=1\n"), false],
  ["Latin-1", Buffer.from("A=\xe4\n", "latin1"), false],
  ["one zero in a long text", Buffer.from(`A=${"x".repeat(90)}\0\n`), false],
  ["nothing", Buffer.from(""), false],
])("%s", (_name, bytes, expected) => {
  expect(isUtf16(bytes)).toBe(expected);
});
