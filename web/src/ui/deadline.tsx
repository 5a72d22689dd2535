import { printedInstant } from './dates.ts';

/** By when something is due. */
export function Deadline({ at }: { at: string }) {
  return (
    <p className="deadline">
      <span>截止时间</span> <time dateTime={at}>{printedInstant(at)}</time>
    </p>
  );
}
