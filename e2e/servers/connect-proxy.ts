/** A small HTTP proxy on loopback that tunnels (CONNECT), resolving names as the test says. */

import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

export interface ConnectProxy {
  readonly url: string;
  readonly host: string;
  /** What was asked for, `name:port`, with the proxy credentials that came along. */
  readonly seen: ReadonlyArray<{ readonly target: string; readonly authorization: string }>;
  close(): Promise<void>;
}

export interface ConnectProxyOptions {
  /** `name:port` to a loopback port; anything else is answered 502. */
  readonly routes?: Readonly<Record<string, number>>;
  /** Answers every request with this status instead of tunnelling. */
  readonly refuseWith?: number;
}

export async function startConnectProxy(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const seen: Array<{ target: string; authorization: string }> = [];
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => void response.writeHead(405).end());
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
  });
  server.on("connect", (request, client: Socket, head) => {
    const target = request.url ?? "";
    seen.push({ target, authorization: request.headers["proxy-authorization"] ?? "" });
    const port = options.routes?.[target];
    if (options.refuseWith || port === undefined) {
      client.end(`HTTP/1.1 ${options.refuseWith ?? 502} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on("error", () => client.destroy());
    client.on("error", () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    seen,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
