import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gate, machineOf, task } from './bench.ts';

const EXECUTIONS = 20;
/** Milliseconds after the executions were started, so that the kills fall into different steps. */
const KILLS = [1, 12, 25, 40];

const definition = machineOf({
  Begin: { Type: 'Pass', Assign: { from: '{% $states.input.n %}' }, Next: 'Step' },
  Step: task({ Output: '{% $states.result.Payload %}', Next: 'More' }),
  More: {
    Type: 'Choice',
    Choices: [{ Condition: '{% $states.input.n < $from + 10 %}', Next: 'Step' }],
    Default: 'Gate',
  },
  Gate: gate({ Output: ['{% $from %}', '{% $states.input.n %}', '{% $states.result %}'], End: true }),
});

/** Runs the child until it tells its outputs, or kills it so many milliseconds after it has started. */
function run(file: string, killAfter?: number): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'kill-child.ts'), file, `${EXECUTIONS}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => {
    told += chunk;
    if (killAfter !== undefined && told === 'started\n') setTimeout(() => child.kill('SIGKILL'), killAfter);
  });
  return new Promise((resolve) => child.on('close', () => resolve(told.replace('started\n', ''))));
}

test('executions end with their outputs however often the process is killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'step-functions-'));
  try {
    const file = join(folder, 'killed');
    writeFileSync(`${file}.definition`, definition);
    for (const killAfter of KILLS) expect(await run(file, killAfter)).toBe('');
    const outputs: string[] = JSON.parse(await run(file));
    const expected = Array.from({ length: EXECUTIONS }, (_, index) => [index * 100, index * 100 + 10, 'yes']);
    expect(outputs.map((output) => JSON.parse(output))).toEqual(expected);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
