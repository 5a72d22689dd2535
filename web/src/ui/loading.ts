/** Loading something for a page: not there yet, there, or failed with what to do next. */
import { useCallback, useEffect, useState } from 'react';

export type Loaded<T> =
  | { state: 'loading' }
  | { state: 'ready'; value: T }
  | { state: 'failed'; message: string; retry: () => void };

/** Loads when the page opens and whenever `key` changes; an answer that comes too late is dropped. */
export function useLoaded<T>(key: string, load: (key: string) => Promise<T>): Loaded<T> {
  const [attempt, setAttempt] = useState(0);
  const [outcome, setOutcome] = useState<{ of: string; loaded: Loaded<T> }>();
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const of = `${key} ${attempt}`;
  useEffect(() => {
    let current = true;
    const settle = (loaded: Loaded<T>) => {
      if (current) setOutcome({ of, loaded });
    };
    load(key).then(
      (value) => settle({ state: 'ready', value }),
      (error: unknown) => settle({ state: 'failed', message: messageOf(error), retry }),
    );
    return () => {
      current = false;
    };
  }, [of, key, load, retry]);
  return outcome?.of === of ? outcome.loaded : { state: 'loading' };
}

export function messageOf(error: unknown): string {
  return error instanceof Error && error.message ? error.message : '出现未知问题，请刷新页面重试';
}
