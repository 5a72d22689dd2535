import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { Answer, EvidenceRef, Facts } from '../../../shared/domain/facts.ts';
import type { Rubric, RubricItem } from '../../../shared/domain/rubric.ts';
import { factLines } from '../ui/facts.ts';
import { inspectedAnswers, type StaffDossier, sameFacts } from './dossier.ts';

interface ItemTablesProps {
  rubric: Rubric;
  dossier: StaffDossier;
  nameOf: (inspector: string) => string;
  onOpen: (file: EvidenceRef) => void;
  /** What stands below an item besides: the form that corrects it. */
  below?: (item: RubricItem) => ReactNode;
}

/** Part by part, item by item: what the agency says, what the desk made of it, what was found on site, and the points. */
export function ItemTables({ rubric, dossier, ...rest }: ItemTablesProps) {
  return rubric.parts.map(({ code, title, items }) => (
    <table key={code} className="cards compare">
      <caption>
        {code} {title}
      </caption>
      <thead>
        <tr>
          <th scope="col">项目</th>
          <th scope="col">机构自评</th>
          <th scope="col">材料复核</th>
          <th scope="col">现场检查</th>
          <th scope="col">得分</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={item.code} item={item} dossier={dossier} {...rest} />
        ))}
      </tbody>
    </table>
  ));
}

interface RowProps extends Omit<ItemTablesProps, 'rubric'> {
  item: RubricItem;
}

function Row({ item, dossier, nameOf, onOpen, below }: RowProps) {
  const { submission, desk, visit, score } = dossier;
  const own = submission?.answers.items[item.code];
  const inspected = inspectedAnswers(dossier)?.items[item.code];
  const line = score?.items.find(({ code }) => code === item.code);
  const correction = desk?.corrections.findLast((one) => one.item === item.code);
  const counted = correction?.facts ?? own?.facts;
  const extra = below?.(item);
  return (
    <>
      <tr id={`item-${item.code}`}>
        <th scope="row">
          <b>{item.code}</b> {item.title}
          <Flags of={dossier.flags.filter((flag) => flag.item === item.code)} />
        </th>
        <td data-title="机构自评">
          <Claim item={item} answer={own} onOpen={onOpen} approved={dossier.notApplicable} />
        </td>
        <td data-title="材料复核" className={correction ? 'differs' : undefined}>
          {correction ? (
            <>
              <Lines item={item} facts={correction.facts} />
              <small>更正理由：{correction.reason}</small>
            </>
          ) : (
            <span className="same">{desk ? '同自评' : '未复核'}</span>
          )}
        </td>
        <td
          data-title="现场检查"
          className={inspected && !sameFacts(inspected.facts, counted) ? 'differs' : undefined}
        >
          {inspected ? (
            <>
              <Found item={item} answer={inspected} onOpen={onOpen} />
              {visit && <SettledFor code={item.code} visit={visit} nameOf={nameOf} />}
            </>
          ) : (
            <Findings item={item} visit={visit} nameOf={nameOf} />
          )}
        </td>
        <td data-title="得分" className="points">
          {line ? (
            <>
              {line.outcome === 'notApplicable' ? '不适用' : `${line.earned} / ${line.possible}`}
              <small>{line.rule}</small>
            </>
          ) : (
            <span className="same">未计分（{item.points} 分）</span>
          )}
        </td>
      </tr>
      {extra && (
        <tr className="below">
          <td colSpan={5}>{extra}</td>
        </tr>
      )}
    </>
  );
}

function Flags({ of }: { of: StaffDossier['flags'] }) {
  return of.map(({ code, detail }) => (
    <span key={code + detail} className="flag">
      预警：{detail}
    </span>
  ));
}

function Lines({ item, facts }: { item: RubricItem; facts: Facts | undefined }) {
  if (!facts) return <span className="same">未填报</span>;
  return factLines(item, facts).map((line) => (
    <span key={line} className="line">
      {line}
    </span>
  ));
}

interface AnswerProps {
  item: RubricItem;
  answer: Answer | undefined;
  onOpen: (file: EvidenceRef) => void;
}

function Claim({ item, answer, onOpen, approved }: AnswerProps & { approved: readonly string[] }) {
  if (!answer) return <span className="same">未填报</span>;
  const { notApplicable, facts } = answer;
  return (
    <>
      {notApplicable && (
        <span className="line">
          申报不适用：{notApplicable.reason}
          {approved.includes(item.code) && '（已同意）'}
        </span>
      )}
      {(facts || !notApplicable) && <Lines item={item} facts={facts} />}
      <Attached answer={answer} onOpen={onOpen} />
    </>
  );
}

function Found({ item, answer, onOpen }: AnswerProps) {
  return (
    <>
      <Lines item={item} facts={answer?.facts} />
      {answer && <Attached answer={answer} onOpen={onOpen} />}
    </>
  );
}

function Attached({ answer, onOpen }: { answer: Answer; onOpen: (file: EvidenceRef) => void }) {
  return (
    <>
      {answer.remark && <small>备注：{answer.remark}</small>}
      {(answer.evidence ?? []).map((file) => (
        <Button key={file.id} type="link" size="small" className="file" onClick={() => onOpen(file)}>
          {file.fileName}
        </Button>
      ))}
    </>
  );
}

interface FindingsProps {
  item: RubricItem;
  visit: StaffDossier['visit'];
  nameOf: (inspector: string) => string;
}

/** While the records differ or are not all in: each inspector's own. */
function Findings({ item, visit, nameOf }: FindingsProps) {
  if (!visit) return <span className="same">未抽查</span>;
  return visit.inspectors.map((id) => {
    const found = visit.findings[id]?.answers.items[item.code];
    return (
      <span key={id} className="line">
        {nameOf(id)}：{found?.facts ? factLines(item, found.facts).join('；') : '未提交记录'}
      </span>
    );
  });
}

/** How an item in which the records differed was settled: by whom, and why. */
function SettledFor({
  code,
  visit,
  nameOf,
}: { code: string; visit: NonNullable<StaffDossier['visit']> } & Pick<FindingsProps, 'nameOf'>) {
  const { joint } = visit;
  const settled = joint?.settled.find((one) => one.item === code);
  if (!joint || !settled) return null;
  return (
    <small>
      会商认定（{joint.by.name}起草，{joint.confirmedBy.map(nameOf).join('、')}确认）：{settled.reason}
    </small>
  );
}
