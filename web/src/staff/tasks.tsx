import { Link } from 'react-router';
import { printedInstant } from '../ui/dates.ts';
import type { Task } from './waiting.ts';

/** Things to do, one a line; what is due first stands first. */
export function Tasks({ tasks }: { tasks: readonly Task[] }) {
  const sorted = [...tasks].sort((a, b) => ((a.deadline ?? '9') < (b.deadline ?? '9') ? -1 : 1));
  return (
    <ul className="tasks">
      {sorted.map(({ key, kind, title, about, to, deadline }) => (
        <li key={key}>
          <span className="kind">{kind}</span>
          <Link to={`/work/${to}`}>{title}</Link>
          <span className="about">{about}</span>
          {deadline && <Deadline at={deadline} />}
        </li>
      ))}
    </ul>
  );
}

const DAY = 86_400_000;

/** A deadline and how far it is: `3月15日 23:59 截止，还有 3 天`. */
export function Deadline({ at }: { at: string }) {
  const days = Math.floor((Date.parse(at) - Date.now()) / DAY);
  const left = days < 0 ? '已过期' : days === 0 ? '不足一天' : `还有 ${days} 天`;
  return (
    <span className={days < 2 ? 'deadline near' : 'deadline'}>
      <time dateTime={at}>{printedInstant(at)}</time> 截止（{left}）
    </span>
  );
}
