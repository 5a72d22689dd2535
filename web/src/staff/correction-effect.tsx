import type { AgencyChange } from '../../../shared/domain/correction.ts';
import type { Rubric } from '../../../shared/domain/rubric.ts';
import { findItem } from '../../../shared/domain/rubric.ts';
import { factLines } from '../ui/facts.ts';
import type { Effect } from './correction.ts';

/** Which facts are corrected, or why a star is revoked, agency by agency. */
export function Changes(props: {
  rubric: Rubric;
  changes: readonly AgencyChange[];
  nameOf: (filingNumber: string) => string;
}) {
  return props.changes.map((change) => (
    <section key={change.filingNumber} className="request" aria-label={props.nameOf(change.filingNumber)}>
      <h3>
        {props.nameOf(change.filingNumber)} <span className="code">{change.filingNumber}</span>
      </h3>
      {change.kind === 'revoke' ? (
        <p>撤销星级。事实和依据：{change.grounds}</p>
      ) : (
        <ul className="plain">
          {change.corrections.map(({ item: code, facts, reason }) => {
            const item = findItem(props.rubric, code);
            return (
              <li key={code}>
                <b>{code}</b> {item?.title}更正为：{item ? factLines(item, facts).join('；') : ''}。理由：
                {reason}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  ));
}

/** What becomes of stars and figures: before and after, side by side. */
export function EffectTables({ effect }: { effect: Effect }) {
  const { outcomes, figures } = effect;
  return (
    <>
      <table className="cards">
        <caption>星级变化</caption>
        <thead>
          <tr>
            <th scope="col">机构</th>
            <th scope="col">更正前</th>
            <th scope="col">更正后</th>
          </tr>
        </thead>
        <tbody>
          {outcomes.map(({ filingNumber, name, before, after }) => (
            <tr key={filingNumber}>
              <th scope="row">
                {name} <span className="code">{filingNumber}</span>
              </th>
              <td data-title="更正前">{before ? `${before.result}（${before.total} 分）` : '无结果'}</td>
              <td data-title="更正后" className={before?.result === after.result ? undefined : 'differs'}>
                {after.result}（{after.total} 分）
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="cards">
        <caption>统计变化</caption>
        <thead>
          <tr>
            <th scope="col">项目</th>
            <th scope="col">更正前</th>
            <th scope="col">更正后</th>
          </tr>
        </thead>
        <tbody>
          {figures.before.bands.map(({ name, count, percent }, index) => {
            const after = figures.after.bands[index];
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td data-title="更正前">
                  {count} 家（{percent}%）
                </td>
                <td data-title="更正后" className={after?.count === count ? undefined : 'differs'}>
                  {after?.count} 家（{after?.percent}%）
                </td>
              </tr>
            );
          })}
          <tr>
            <th scope="row">三星级及以上机构平均计划执行率</th>
            <td data-title="更正前">{rate(figures.before.averageExecutionRate)}</td>
            <td data-title="更正后">{rate(figures.after.averageExecutionRate)}</td>
          </tr>
        </tbody>
      </table>
    </>
  );
}

const rate = (percent: string | null) => (percent === null ? '无' : `${percent}%`);
