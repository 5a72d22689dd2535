/** What the agency says about a result, what the centre replied, and material that was put to it meanwhile. */
import { printedInstant } from '../ui/dates.ts';
import type { Exchange, Material } from './dossier.ts';

interface ExchangesProps {
  title: string;
  /** How the reply is called by its verdict. */
  verdicts: Record<'upheld' | 'rejected', string>;
  exchanges: readonly Exchange[];
}

export function Exchanges({ title, verdicts, exchanges }: ExchangesProps) {
  if (exchanges.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {exchanges.map(({ id, items, reason, raisedAt, evidence, materials, dueBy, verdict, decision }) => (
        <dl key={id} className="facts">
          <div>
            <dt>提出时间</dt>
            <dd>{printedInstant(raisedAt)}</dd>
          </div>
          <div>
            <dt>项目和理由</dt>
            <dd>
              {items.join('、')}：{reason}
              {evidence.length > 0 && (
                <>
                  <br />
                  材料：{evidence.map(({ fileName }) => fileName).join('、')}
                </>
              )}
            </dd>
          </div>
          {materials.map((material) => (
            <PutMaterial key={material.at} {...material} />
          ))}
          <div>
            <dt>处理决定</dt>
            <dd>
              {verdict
                ? `${verdicts[verdict]}：${decision ?? ''}`
                : `正在处理，决定作出后会发送消息${dueBy ? `（应于 ${printedInstant(dueBy)} 前答复）` : ''}`}
            </dd>
          </div>
        </dl>
      ))}
    </section>
  );
}

function PutMaterial({ content, items, documents, answerBy, outcome, answer }: Material) {
  return (
    <div>
      <dt>新材料</dt>
      <dd>
        {items.join('、')}：{content}
        {documents.length > 0 && `（${documents.join('、')}）`}
        <br />
        {answer
          ? `本机构说明：${answer.content}`
          : outcome
            ? '本机构未在期限内说明'
            : `请于 ${printedInstant(answerBy)} 前说明`}
      </dd>
    </div>
  );
}
