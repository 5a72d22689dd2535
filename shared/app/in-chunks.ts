/** So many calls of the table or the storage are under way at once: enough to wait for few, and few enough for both. */
const AT_ONCE = 25;

/** Does the same for each of many, so many at once. Throws what the first that fails throws. */
export async function inChunks<T>(
  all: AsyncIterable<T> | Iterable<T>,
  work: (one: T) => Promise<void>,
): Promise<void> {
  let chunk: T[] = [];
  for await (const one of all) {
    chunk.push(one);
    if (chunk.length < AT_ONCE) continue;
    // Begun together: one that fails while the next are being read would be nobody's.
    await Promise.all(chunk.map(work));
    chunk = [];
  }
  await Promise.all(chunk.map(work));
}
