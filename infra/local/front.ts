/** The one door of an embedded system: a loopback server with limits on time and size, and headers that every answer carries. */
import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What browsers are told wherever an answer does not say better: show nothing, run nothing, guess nothing. */
export const DEFAULT_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/** Whoever sends slowly or nothing at all gives the connection back: headers within the first, all within the second. */
const LIMITS = { headersTimeout: 15_000, requestTimeout: 120_000, connectionsCheckingInterval: 5_000 };
const MAX_CONNECTIONS = 5000;

export interface Front {
  /** `http://127.0.0.1:4600` */
  origin: string;
  /** Takes requests from now on. The listener comes later, since login needs to know its own address first. */
  handle(next: Listener): void;
  close(): Promise<void>;
}

/** Port 0 takes a free one. `onFailure` hears of requests that no part of the system answered for. */
export async function openFront(
  port: number,
  onFailure: (cause: unknown) => void,
  limits: Partial<typeof LIMITS> = {},
): Promise<Front> {
  let listener: Listener = async (_request, response) => void response.writeHead(503).end();
  const server = createServer({ ...LIMITS, ...limits }, (request, response) => {
    for (const [name, value] of Object.entries(DEFAULT_HEADERS)) response.setHeader(name, value);
    listener(request, response).catch((cause) => {
      onFailure(cause);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('clientError', refuse);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${address.port}`,
    handle: (next) => {
      listener = next;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const REFUSED: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** What is no HTTP, too long or too slow: answered by hand, since there is no response to write to. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const status = REFUSED[error.code ?? ''] ?? 400;
  const message = STATUS_CODES[status] ?? '';
  const body = JSON.stringify({ message });
  const headers = {
    ...DEFAULT_HEADERS,
    connection: 'close',
    'content-type': 'application/json',
    'content-length': body.length,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} ${message}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}
