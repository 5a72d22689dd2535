import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inChunks } from '../../shared/app/in-chunks.ts';

it('does all of it, twenty-five at once', async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  await inChunks(
    Array.from({ length: 60 }, (_, index) => index),
    async (one) => {
      most = Math.max(most, ++running);
      await sleep(1);
      running--;
      done.push(one);
    },
  );
  expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index));
  expect(most).toBe(25);
});

it('throws what fails, also while more is being read', async () => {
  async function* slowly() {
    yield 1;
    await sleep(20);
    yield 2;
  }
  const unhandled: unknown[] = [];
  const note = (cause: unknown) => unhandled.push(cause);
  process.on('unhandledRejection', note);
  const failing = inChunks(slowly(), async (one) => {
    throw new Error(`no ${one}`);
  });
  await expect(failing).rejects.toThrow('no 1');
  await sleep(1);
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});
