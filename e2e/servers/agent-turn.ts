/** One finished agent turn as the Responses API streams it: enough for a real OpenClaw to reply. */

import type { ServerResponse } from "node:http";

/** Answers with an event stream whose only output is `text`. */
export function writeAgentTurn(response: ServerResponse, text: string): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  const part = { type: "output_text", text, annotations: [] };
  const item = { id: "msg_1", type: "message", role: "assistant", content: [part] };
  const started = { ...item, status: "in_progress", content: [] };
  const done = { ...item, status: "completed" };
  const base = { id: "resp_1", object: "response", created_at: 1_750_000_000, model: "gpt-5.5" };
  const usage = {
    input_tokens: 1,
    output_tokens: 1,
    total_tokens: 2,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
  };
  const at = { item_id: "msg_1", output_index: 0, content_index: 0 };
  const events: ReadonlyArray<readonly [string, Record<string, unknown>]> = [
    ["response.created", { response: { ...base, status: "in_progress", output: [] } }],
    ["response.output_item.added", { output_index: 0, item: started }],
    ["response.content_part.added", { ...at, part: { ...part, text: "" } }],
    ["response.output_text.delta", { ...at, delta: text }],
    ["response.output_text.done", { ...at, text }],
    ["response.content_part.done", { ...at, part }],
    ["response.output_item.done", { output_index: 0, item: done }],
    ["response.completed", { response: { ...base, status: "completed", output: [done], usage } }],
  ];
  events.forEach(([type, data], sequence_number) => {
    response.write(
      `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number, ...data })}\n\n`,
    );
  });
  response.end();
}
