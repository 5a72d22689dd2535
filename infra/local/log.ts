import { appendFileSync } from 'node:fs';
import type { Clock } from '../../shared/app/clock.ts';
import type { Log } from '../../shared/app/ports.ts';

/** One JSON line an entry, by the runtime's clock. */
export function fileLog(file: string, clock: Clock): Log {
  const write = (level: string, code: string, data: object, cause?: unknown) => {
    const error =
      cause instanceof Error
        ? { error: cause.name, stack: cause.stack, cause: String(cause.cause ?? '') }
        : {};
    const line = { at: clock.now().toISOString(), level, code, ...data, ...error };
    try {
      appendFileSync(file, `${JSON.stringify(line)}\n`);
    } catch {
      // A log that cannot be written keeps no work from being done: what matters of a full disk, the stores say themselves.
    }
  };
  return {
    info: (code, data = {}) => write('info', code, data),
    error: (code, data, cause) => write('error', code, data, cause),
  };
}
