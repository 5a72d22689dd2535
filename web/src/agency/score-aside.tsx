import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ScoreSheet } from '../../../shared/domain/score.ts';
import type { YearView } from './dossier.ts';
import type { Form } from './entries.ts';
import { addressOf, itemStates, pagesOf } from './form-parts.ts';

interface AsideProps {
  year: YearView;
  form: Form;
  sheet: ScoreSheet;
  current: string;
  children: ReactNode;
}

/** The score as it stands, part by part, and the way to each part. */
export function ScoreAside({ year, form, sheet, current, children }: AsideProps) {
  const states = itemStates(year.rubric, form);
  const done = states.filter(({ completeness }) => completeness === 'complete').length;
  return (
    <aside className="score" aria-label="自评得分和进度">
      <p className="total">
        <span>自评得分</span>
        <b>{sheet.total}</b>
        <small>
          已填 {done} 项，共 {states.length} 项
        </small>
      </p>
      {children}
      <nav aria-label="自评表各部分">
        <ul>
          {pagesOf(year.rubric).map(({ key, title }) => {
            const own = states.filter(({ part }) => part === key);
            const left = own.filter(({ completeness }) => completeness !== 'complete').length;
            return (
              <li key={key}>
                <Link to={addressOf(year.year, key)} aria-current={key === current ? 'page' : undefined}>
                  <span>{title}</span>
                  {own.length > 0 && <small>{left === 0 ? '已填完' : `余 ${left} 项`}</small>}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      {sheet.vetoes.map(({ code, title, finding }) => (
        <p key={code} className="caution">
          {finding}，将按“{title}”一票否决
        </p>
      ))}
      <p className="hint">得分由填报的事实按评分标准自动计算，最终结果以复核、检查为准。</p>
    </aside>
  );
}
