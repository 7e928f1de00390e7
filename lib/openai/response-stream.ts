/** Writes a finished answer in OpenAI's streaming format, so that OpenClaw can reply without spending tokens. */

import type { ServerResponse } from "node:http";

/** For `POST /v1/responses` and `/backend-api/codex/responses`. */
export function writeResponseStream(response: ServerResponse, text: string): void {
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

const USAGE = { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6 };

/** For `POST /v1/chat/completions`, streamed if the request asks for it. */
export function writeChatCompletion(
  response: ServerResponse,
  text: string,
  isStreamed: boolean,
): void {
  const base = { id: "chat_1", created: 1_750_000_000, model: "gpt-5.5" };
  if (!isStreamed) {
    const message = { role: "assistant", content: text };
    const choices = [{ index: 0, message, finish_reason: "stop" }];
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ ...base, object: "chat.completion", choices, usage: USAGE }));
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (delta: object, finish_reason: string | null) => {
    const choices = [{ index: 0, delta, finish_reason }];
    response.write(
      `data: ${JSON.stringify({ ...base, object: "chat.completion.chunk", choices })}\n\n`,
    );
  };
  send({ role: "assistant", content: text }, null);
  send({}, "stop");
  // OpenClaw asks for `stream_options.include_usage`, and 2026.2.9 needs it to recognize a reply.
  const counted = { ...base, object: "chat.completion.chunk", choices: [], usage: USAGE };
  response.write(`data: ${JSON.stringify(counted)}\n\n`);
  response.end("data: [DONE]\n\n");
}
