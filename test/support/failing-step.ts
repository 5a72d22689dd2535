/** A step that does some of its work and then fails in a way that is not tried again; once. */
import { FUNCTIONS } from '../../functions/catalogue.ts';
import type { Deps } from '../../shared/app/ports.ts';

/** The `nth` invocation of a function fails. To be set before the city opens; gives what puts the function right again. */
export function failing(name: string, work: (deps: Deps) => Promise<void>, nth = 1): () => void {
  const entry = FUNCTIONS[name];
  if (!entry) throw new Error(`no function ${name}`);
  let invocations = 0;
  FUNCTIONS[name] = {
    ...entry,
    makeHandler(deps) {
      const whole = entry.makeHandler(deps);
      return async (...args: Parameters<typeof whole>) => {
        invocations++;
        if (invocations !== nth) return whole(...args);
        await work(deps);
        throw new TypeError('for good');
      };
    },
  };
  return () => {
    FUNCTIONS[name] = entry;
  };
}
