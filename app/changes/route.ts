/** Streams change events, so that pages need not poll. */

import { currentVisit } from "@/app/_server/visit";
import { onChange } from "@/lib/system/job";

/** A silent connection would be taken for dead. */
const BEAT_MS = 15_000;

const encoder = new TextEncoder();

/** An event stream (HTML, section 9.2): one message per change, and one at once for earlier changes. */
export async function GET(request: Request): Promise<Response> {
  await currentVisit("GET");
  let stop = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const unhear = onChange(() => send("data: changed\n\n"));
      const beat = setInterval(() => send(": still here\n\n"), BEAT_MS);
      beat.unref();
      stop = () => {
        unhear();
        clearInterval(beat);
      };
      request.signal.addEventListener("abort", () => {
        stop();
        controller.close();
      });
      send("data: open\n\n");
    },
    cancel: () => stop(),
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream",
      // Compression would delay messages.
      "cache-control": "no-store, no-transform",
    },
  });
}
