/** The few pages of the stand-in sign-in service. No script, nothing from elsewhere. */

import type { ServerResponse } from "node:http";

export function page(response: ServerResponse, body: string): void {
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'",
  });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign-in service</title><main>${body}</main>`,
  );
}

export function consentPage(email: string): string {
  return `<h1>Sign in</h1><p>${escapeHtml(email)}</p><form method="post"><button>Continue</button></form>`;
}

export function codePage(): string {
  return `<h1>Connect a device</h1><form method="post"><label>Code <input name="user_code" autocomplete="off"></label><button>Continue</button></form>`;
}

export function messagePage(message: string): string {
  return `<h1>${escapeHtml(message)}</h1>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}
