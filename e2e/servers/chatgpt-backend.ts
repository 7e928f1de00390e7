/** ChatGPT's own service on loopback, as far as a login is asked for there: the list of its models. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Gate } from "@/e2e/servers/gate";

/** What goes wrong from now on, until it is set back to null. */
export type BackendFault =
  | "signed-out"
  | "no-entitlement"
  | "deactivated"
  | "region"
  | "html"
  | "html-403"
  | "500"
  | "429"
  | "reset"
  | "odd";

export interface SeenBackendRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface ChatGptBackend {
  /** For CHATGPT_BASE_URL. */
  readonly url: string;
  fault: BackendFault | null;
  /** Before every answer. */
  readonly gate: Gate;
  models: readonly string[];
  readonly seen: readonly SeenBackendRequest[];
  close(): Promise<void>;
}

/** `knows`: whether this access token is one that counts; any other is answered with 401. */
export async function startChatGptBackend(
  knows: (token: string) => boolean = () => true,
): Promise<ChatGptBackend> {
  const seen: SeenBackendRequest[] = [];
  const server = createServer(async (request, response) => {
    const target = new URL(request.url ?? "/", "http://localhost");
    const query = Object.fromEntries(target.searchParams);
    seen.push({ path: target.pathname, query, headers: request.headers });
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const html = (status: number) =>
      response
        .writeHead(status, { "content-type": "text/html" })
        .end("<!doctype html><title>Just a moment…</title>");
    const token = /^Bearer (.+)$/u.exec(request.headers.authorization ?? "")?.[1] ?? "";
    await backend.gate.pass(response);
    const { fault } = backend;
    if (fault === "reset") return void request.socket.resetAndDestroy();
    if (fault === "html") return html(200);
    if (fault === "html-403") return html(403);
    if (fault === "500") return json(500, { detail: "Internal server error" });
    if (fault === "429") return json(429, { detail: "Too many requests" });
    if (fault === "odd") return json(200, { data: [] });
    if (fault === "no-entitlement") {
      return json(403, { error: { code: "missing_codex_entitlement", message: "No Codex" } });
    }
    if (fault === "region") {
      return json(403, { error: { code: "unsupported_country_region_territory", message: "No" } });
    }
    if (fault === "deactivated") {
      return json(402, { error: { code: "deactivated_workspace", message: "Workspace is off" } });
    }
    if (fault === "signed-out" || !knows(token)) {
      const message = `Provided authentication token ${token} is expired. Please try signing in again.`;
      return json(401, { error: { code: "token_expired", message } });
    }
    if (`${request.method} ${target.pathname}` !== "GET /backend-api/codex/models") {
      return json(404, { detail: "Not Found" });
    }
    json(200, {
      models: backend.models.map((slug, priority) => ({
        slug,
        display_name: slug,
        visibility: priority === 0 ? "list" : "hide",
        minimal_client_version: "0.98.0",
        supported_in_api: true,
        priority,
      })),
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const backend: ChatGptBackend = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/backend-api`,
    fault: null,
    gate: new Gate(),
    models: ["gpt-5.5", "gpt-5.4"],
    seen,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
  return backend;
}
