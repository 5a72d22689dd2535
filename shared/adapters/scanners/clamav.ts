/**
 * ClamAV's daemon over its own protocol (man 8 clamd): `zINSTREAM`, then chunks, each after its length in four bytes, then
 * a length of zero; the answer is one line that ends with a NUL. The file is streamed, never held whole.
 */
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import type { MalwareScanner, ScanOutcome } from '../../app/ports.ts';

const ENGINE = 'ClamAV';
const CONNECT_MS = 3000;
const MAX_ANSWER = 4096;

export function clamavScanner(address: { host: string; port: number } | { path: string }): MalwareScanner {
  return {
    kind: 'clamav',
    async scan(_key, content, seconds) {
      const daemon = await reach(address);
      if (!daemon) return { result: 'unavailable' };
      daemon.setTimeout(seconds * 1000, () => daemon.destroy());
      const overall = setTimeout(() => daemon.destroy(), seconds * 1000);
      try {
        return outcomeOf(await ask(daemon, content));
      } catch (error) {
        if (error instanceof DaemonGone) return { result: 'unavailable' };
        throw error;
      } finally {
        clearTimeout(overall);
        daemon.destroy();
      }
    },
  };
}

function outcomeOf(answer: string): ScanOutcome {
  const found = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  // A file beyond the daemon's limits, or behind a password, was not looked at to its end.
  if (found && /^Heuristics\.(Limits\.Exceeded|Encrypted)/.test(found)) {
    return { result: 'unscannable', engine: ENGINE };
  }
  if (found) return { result: 'infected', engine: ENGINE, finding: found };
  return answer === 'stream: OK' ? { result: 'clean', engine: ENGINE } : { result: 'unavailable' };
}

/** Connected, or undefined when nobody listens. */
function reach(address: NetConnectOpts): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const give = (outcome: Socket | undefined) => {
      clearTimeout(timer);
      if (!outcome) socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => give(undefined), CONNECT_MS);
    socket.once('connect', () => give(socket)).once('error', () => give(undefined));
  });
}

/** The connection broke: the daemon stopped, or was given more than it takes. */
class DaemonGone extends Error {
  override readonly name = 'DaemonGone';
}

async function ask(daemon: Socket, content: () => AsyncIterable<Uint8Array>): Promise<string> {
  let gone = false;
  const answered = answerOf(daemon).finally(() => {
    gone = true;
  });
  // A daemon that has had enough answers, and closes, while we still write.
  answered.catch(() => undefined);
  await write(daemon, Buffer.from('zINSTREAM\0'));
  for await (const chunk of content()) {
    if (gone) return answered;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    await write(daemon, length);
    await write(daemon, chunk);
  }
  await write(daemon, Buffer.alloc(4));
  return answered;
}

function answerOf(daemon: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    daemon.on('data', (bytes: Buffer) => {
      text += bytes.toString('utf8');
      const end = text.indexOf('\0');
      if (end >= 0) resolve(text.slice(0, end));
      else if (text.length > MAX_ANSWER) reject(new DaemonGone('an endless answer'));
    });
    daemon.once('error', (cause) => reject(new DaemonGone('the connection broke', { cause })));
    daemon.once('close', () => reject(new DaemonGone('the connection was closed')));
  });
}

/** Resolves when the daemon has taken the bytes, or is gone: its answer tells which. */
function write(daemon: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (daemon.destroyed) return resolve();
    const done = () => {
      daemon.off('close', done);
      resolve();
    };
    daemon.once('close', done);
    daemon.write(bytes, done);
  });
}
