/** Cases for a veto against the agency: what is held against it, what it said, and the decision. */
import { printedDay, printedInstant } from '../ui/dates.ts';
import type { DossierView, Own, OwnVeto, YearView } from './dossier.ts';
import { Speak } from './speak.tsx';

interface VetoesProps {
  own: Own;
  cycle: YearView;
  dossier: DossierView;
  types: Record<string, number>;
  onFiled: () => void;
}

/** Cases in which the agency may still make its statement. */
export const openToStatement = ({ vetoes }: Pick<DossierView, 'vetoes'>): OwnVeto[] =>
  vetoes.filter(({ heard, outcome }) => !heard && !outcome);

export function Vetoes({ cycle, dossier, ...given }: VetoesProps) {
  const { vetoes } = dossier;
  if (vetoes.length === 0) return null;
  const titleOf = ({ code }: OwnVeto) =>
    `${code} ${cycle.rubric.vetoes.find((veto) => veto.code === code)?.title ?? ''}`;
  return (
    <>
      <section aria-label="一票否决案">
        <h2>一票否决案</h2>
        {vetoes.map((one) => (
          <Case key={one.id} one={one} title={titleOf(one)} />
        ))}
      </section>
      {openToStatement(dossier).map((one) => (
        <Speak
          key={one.id}
          {...given}
          act="veto-statement"
          more={{ case: one.id }}
          title={`对 ${one.code} 陈述申辩`}
          about={`对本机构的一票否决案“${titleOf(one)}”（见上），请在 ${printedInstant(one.answerBy)} 前陈述申辩并提交证明材料。逾期未陈述的，按现有材料处理。`}
          reasonLabel="陈述申辩的内容"
          warning="提交后不能撤回或修改，由两人核实后主任作出决定，决定和理由将发送消息。"
        />
      ))}
    </>
  );
}

const OUTCOMES = { signed: '认定，评估结果为不合格', rejected: '不予认定，结果不受影响' } as const;

function Case({ one, title }: { one: OwnVeto; title: string }) {
  const { facts, evidence, sources, proposedAt, answerBy, heard, statement, outcome, decision } = one;
  const basis = [
    ...sources.map((source) => `${source.title}（${printedDay(source.on)}）`),
    ...evidence.map(({ fileName }) => fileName),
  ];
  return (
    <dl className="facts">
      <div>
        <dt>情形</dt>
        <dd>{title}</dd>
      </div>
      <div>
        <dt>立案时间</dt>
        <dd>{printedInstant(proposedAt)}</dd>
      </div>
      <div>
        <dt>事实</dt>
        <dd>{facts}</dd>
      </div>
      <div>
        <dt>证据</dt>
        <dd>{basis.join('、')}</dd>
      </div>
      <div>
        <dt>本机构陈述</dt>
        <dd>
          {statement
            ? statement.content
            : heard
              ? '本机构未在期限内陈述'
              : `请于 ${printedInstant(answerBy)} 前陈述`}
        </dd>
      </div>
      <div>
        <dt>决定</dt>
        <dd>{outcome ? `${OUTCOMES[outcome]}：${decision ?? ''}` : '正在办理，决定作出后会发送消息'}</dd>
      </div>
    </dl>
  );
}
