/** Requests as they are written on the wire: paths are not tidied up, and nothing is added to them. */
import { Agent, request } from 'node:http';

export interface Sent {
  method: string;
  /** As it is sent, percent-encoded or not. */
  path: string;
  headers: Record<string, string | string[]>;
  body: Buffer | undefined;
}

export interface Answered {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  milliseconds: number;
}

const agent = new Agent({ keepAlive: false, maxSockets: 16 });

export function send(origin: string, { method, path, headers, body }: Sent): Promise<Answered> {
  const { hostname, port } = new URL(origin);
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
          milliseconds: performance.now() - began,
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
