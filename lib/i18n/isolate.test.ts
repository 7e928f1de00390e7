/** Foreign words and values inside right-to-left text keep their own order. */

import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { isolate } from "@/lib/i18n/isolate";

const say = (message: string, values: Record<string, string | number> = {}) =>
  createTranslator({ locale: "ar", messages: { message: isolate(message) } })("message", values);

test.each([
  ["في .env فقط.", "في \u2066.env\u2069 فقط."],
  ["اكتب npm start -- --help، ثم", "اكتب \u2066npm start -- --help\u2069، ثم"],
  [
    "(HTTPS_PROXY) أو OPENAI_API_KEY=.",
    "(\u2066HTTPS_PROXY\u2069) أو \u2066OPENAI_API_KEY=\u2069.",
  ],
  ["كـ $'{'OPENAI_API_KEY'}'", `كـ \u2066\${OPENAI_API_KEY}\u2069`],
  ["المنفذ 1455.", "المنفذ 1455."],
  ["بالأمر: chmod 600", "بالأمر: \u2066chmod 600\u2069"],
  ["مثل:(npm start)", "مثل:(\u2066npm start\u2069)"],
  ["انتهى. OpenClaw", "انتهى. \u2066OpenClaw\u2069"],
  ["أو .env هنا", "أو \u2066.env\u2069 هنا"],
])("%s", (message, shown) => expect(say(message)).toBe(shown));

test("a value is isolated by its own first letter", () => {
  expect(say("الملف {path}.", { path: "/home/x/.env" })).toBe("الملف \u2068/home/x/.env\u2069.");
});

test("plurals choose as before, and their texts are isolated too", () => {
  const message =
    "{count, plural, zero {لا نماذج} two {نموذجان من OpenAI} other {# نموذج في {path}}}";
  expect(say(message, { count: 0, path: "~" })).toBe("لا نماذج");
  expect(say(message, { count: 2, path: "~" })).toBe("نموذجان من \u2066OpenAI\u2069");
  expect(say(message, { count: 100, path: "~" })).toBe("100 نموذج في \u2068~\u2069");
});
