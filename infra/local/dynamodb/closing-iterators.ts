/**
 * dynalite 4 ends what it reads with by `iterator.return()`, which iterators of Level do not have, and so keeps every one
 * open: each holds the files as they were when it began, and memory and disk grow with every query. They are given it here.
 */
import { ClassicLevel } from 'classic-level';

interface Closing {
  close(): Promise<void>;
  return?(): Promise<void>;
}

for (const name of ['keys', 'values'] as const) {
  const open: (...options: never[]) => Closing = ClassicLevel.prototype[name];
  const opened = function (this: ClassicLevel, ...options: never[]): Closing {
    const iterator = open.apply(this, options);
    iterator.return = () => iterator.close();
    return iterator;
  };
  Object.assign(ClassicLevel.prototype, { [name]: opened });
}
