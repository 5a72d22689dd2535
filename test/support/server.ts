/** `npm start` as a process of its own, as a user runs it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { afterAll } from 'vitest';

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

export interface Server {
  /** All that it has printed. */
  text(): string;
  stop(signal: 'SIGKILL' | 'SIGINT'): Promise<number | null>;
}

/** Starts it and waits until it serves; throws with what it printed when it ends before that. */
export async function startServer(...args: string[]): Promise<Server> {
  const child = spawn(process.execPath, ['infra/local/cli/start.ts', ...args]);
  children.push(child);
  let text = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('按 Ctrl-C 停止')) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(text)));
  });
  return {
    text: () => text,
    stop: (signal) =>
      new Promise((resolve) => {
        child.once('exit', (code) => resolve(code));
        child.kill(signal);
      }),
  };
}
