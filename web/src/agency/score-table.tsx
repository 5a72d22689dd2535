import { FACT_SOURCES } from '../../../shared/domain/score.ts';
import { Stars } from '../ui/stars.tsx';
import type { Score } from './dossier.ts';

/** The score item by item: points, the rule that gave them, and whose facts counted. */
export function ScoreTable(props: {
  score: Score;
  claimed: string | undefined;
  /** What reviewers and inspectors wrote, item by item. */
  reasons: readonly { code: string; reasons: string[] }[];
}) {
  const { score, claimed } = props;
  const reasonsOf = (code: string) => props.reasons.find((one) => one.code === code)?.reasons ?? [];
  return (
    <>
      <dl className="facts">
        <div>
          <dt>评估结果</dt>
          <dd>
            <Stars stars={score.stars} result={score.result} />
          </dd>
        </div>
        <div>
          <dt>总分</dt>
          <dd>
            <b>{score.total}</b> 分{claimed !== undefined && <>（自评 {claimed} 分）</>}
          </dd>
        </div>
        <div>
          <dt>计算</dt>
          <dd>
            实得 {score.earned} 分 ÷ 应得 {score.applicable} 分，折合 {score.base} 分；加分{' '}
            {score.bonus.points} 分{score.bonus.note && `（${score.bonus.note}）`}
          </dd>
        </div>
        {score.vetoes.map(({ code, title, finding }) => (
          <div key={code}>
            <dt>一票否决</dt>
            <dd>
              {code} {title}：{finding}
            </dd>
          </div>
        ))}
      </dl>
      <table className="cards">
        <caption>各项得分</caption>
        <thead>
          <tr>
            <th scope="col">项目</th>
            <th scope="col" className="amount">
              得分
            </th>
            <th scope="col">计分依据</th>
            <th scope="col">采用的事实</th>
          </tr>
        </thead>
        <tbody>
          {score.items.map(({ code, title, earned, possible, outcome, rule, source }) => (
            <tr key={code}>
              <th scope="row">
                <span className="code">{code}</span> {title}
              </th>
              <td data-title="得分" className="amount">
                {outcome === 'notApplicable' ? '不适用' : `${earned} / ${possible}`}
              </td>
              <td data-title="计分依据">
                {rule}
                {reasonsOf(code).map((reason) => (
                  <small key={reason} className="reason">
                    {reason}
                  </small>
                ))}
              </td>
              <td data-title="采用的事实">{source ? FACT_SOURCES[source] : '无'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
