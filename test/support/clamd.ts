/** A daemon that speaks ClamAV's protocol, says what it is told to say, and can be down. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export async function aDaemon(serve: (socket: Socket) => void) {
  let down = false;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (down) socket.destroy();
    else serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return {
    setting: `clamd://127.0.0.1:${(server.address() as AddressInfo).port}`,
    down() {
      down = true;
    },
    up() {
      down = false;
    },
  };
}

/** Takes a whole stream as the protocol says, then answers; a malformed session is never answered. */
export const answering = (answer: string) => (socket: Socket) => {
  let bytes = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    if (isWhole(bytes)) socket.end(answer);
  });
};

function isWhole(session: Buffer): boolean {
  const command = Buffer.from('zINSTREAM\0');
  if (!session.subarray(0, command.length).equals(command)) return false;
  for (let at = command.length; at + 4 <= session.length; ) {
    const length = session.readUInt32BE(at);
    at += 4 + length;
    if (length === 0) return at === session.length;
  }
  return false;
}
