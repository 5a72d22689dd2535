import { Alert, Button } from 'antd';
import { useState } from 'react';
import { factsProblems } from '../../../shared/domain/facts.ts';
import { Settled, settle } from '../../../shared/domain/joint-entry.ts';
import { findItem, type Rubric } from '../../../shared/domain/rubric.ts';
import { printedInstant } from '../ui/dates.ts';
import { factLines } from '../ui/facts.ts';
import { Deliberate } from './deliberate.tsx';
import { FactFields } from './fact-fields.tsx';
import {
  type Basis,
  confirmJoint,
  draftJoint,
  type Place,
  returnJoint,
  type VisitView,
} from './visit-record.ts';

interface JointEntryProps {
  place: Place;
  basis: Basis;
  onDone: () => void;
}

/** Where the records of a visit differ: all of them side by side, and the joint entry as far as it has come. */
export function JointEntry({ place, basis, onDone }: JointEntryProps) {
  const { joint } = basis.view.visit;
  const standing = joint?.sentBack ? undefined : joint;
  if (!standing) return <Draft place={place} basis={basis} onDone={onDone} />;
  const waitsForMe = standing.by.id !== place.person && !standing.confirmedBy.includes(place.person);
  return (
    <>
      {waitsForMe ? (
        <p className="lead">
          {standing.by.name}于 {printedInstant(standing.at)}{' '}
          起草了会商记录，请逐项核对后确认；有不同意见的，写明理由退回。
        </p>
      ) : (
        <Alert
          type="success"
          showIcon
          title={standing.by.id === place.person ? '会商记录已由您起草' : '您已确认会商记录'}
          description="同组督导员确认后，检查自动办结；退回的，在这里重新会商。"
        />
      )}
      <Settlement place={place} basis={basis} settled={standing.settled} />
      {waitsForMe && <Judgement place={place} entry={standing.entry} onDone={onDone} />}
    </>
  );
}

type Records = { name: string; answers: VisitView['visit']['findings'][string]['answers'] }[];

/** The records under the names that an inspector knows them by: their own first. */
function recordsOf({ view }: Basis, person: string): Records {
  const { findings, inspectors } = view.visit;
  const others = inspectors.filter((id) => id !== person);
  return [person, ...others].flatMap((id) => {
    const found = findings[id];
    const name =
      id === person ? '本人记录' : others.length > 1 ? `同组记录${others.indexOf(id) + 1}` : '同组记录';
    return found ? [{ name, answers: found.answers }] : [];
  });
}

/** What one record says of an item or a bonus, as text. */
function saidOf(rubric: Rubric, code: string, answers: Records[number]['answers'] | Settled): string {
  const item = findItem(rubric, code);
  if (!item)
    return `${('count' in answers ? answers.count : 'bonus' in answers ? answers.bonus[code]?.count : 0) ?? 0} 项`;
  const answer = 'items' in answers ? answers.items[code] : answers;
  const parts = answer?.facts ? factLines(item, answer.facts) : [];
  return (
    [...parts, ...(answer?.notApplicable ? [`不适用：${answer.notApplicable.reason}`] : [])].join('；') ||
    '未填报'
  );
}

const titleOf = ({ rubric }: Basis, code: string): string => {
  const item = findItem(rubric, code);
  if (item) return `${item.title}（${item.points} 分）`;
  return `加分：${rubric.bonus.items.find((bonus) => bonus.code === code)?.title ?? ''}`;
};

/** A joint entry to be read: each item with the records, what was settled, and why. */
function Settlement({ place, basis, settled }: { place: Place; basis: Basis; settled: readonly Settled[] }) {
  const records = recordsOf(basis, place.person);
  return (
    <table className="cards compare">
      <caption>会商记录</caption>
      <thead>
        <tr>
          <th scope="col">项目</th>
          {records.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          <th scope="col">共同认定</th>
          <th scope="col">理由</th>
        </tr>
      </thead>
      <tbody>
        {settled.map((one) => (
          <tr key={one.item}>
            <th scope="row">
              <b>{one.item}</b> {titleOf(basis, one.item)}
            </th>
            {records.map(({ name, answers }) => (
              <td key={name} data-title={name}>
                {saidOf(basis.rubric, one.item, answers)}
              </td>
            ))}
            <td data-title="共同认定" className="differs">
              {saidOf(basis.rubric, one.item, one)}
            </td>
            <td data-title="理由">{one.reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Judgement({ place, entry, onDone }: { place: Place; entry: number; onDone: () => void }) {
  const [reason, setReason] = useState('');
  return (
    <Deliberate
      title="确认会商记录"
      choices={[
        { value: 'confirm', label: '确认', what: '以会商记录为双方共同认定的事实，检查办结' },
        { value: 'return', label: '退回', what: '会商记录作废，双方重新会商' },
      ]}
      reasonTitle={false}
      missing={(choice) => (choice === 'return' && !reason.trim() ? '请写明退回的理由' : undefined)}
      send={async (choice) => {
        if (choice === 'confirm') await confirmJoint(place, entry);
        else await returnJoint(place, entry, reason.trim());
        onDone();
      }}
    >
      {(choice) =>
        choice === 'return' && (
          <label className="field">
            <span>退回的理由（必填，计入签名记录）</span>
            <textarea
              rows={3}
              maxLength={5000}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </label>
        )
      }
    </Deliberate>
  );
}

/** What an inspector is writing down for one item. */
type Unsettled = Partial<Omit<Settled, 'item'>>;

function Draft({ place, basis, onDone }: JointEntryProps) {
  const { rubric, view } = basis;
  const { differing, joint } = view.visit;
  const [written, setWritten] = useState<Record<string, Unsettled>>({});
  const records = recordsOf(basis, place.person);
  const entries = differing.map((item) => ({ item, reason: '', ...written[item] }));
  const set = (code: string, changes: Unsettled) =>
    setWritten((before) => ({ ...before, [code]: { ...before[code], ...changes } }));
  const missing = () => {
    for (const one of entries) {
      const parsed = Settled.safeParse(one);
      if (!parsed.success) return `${one.item}：${parsed.error.issues[0]?.message ?? '请填写'}`;
    }
    const [problem] = factsProblems(rubric, settle({ items: {}, bonus: {} }, entries));
    return problem && `${problem.item} ${problem.message}`;
  };
  return (
    <>
      {joint?.sentBack && (
        <Alert
          type="warning"
          showIcon
          title={`${joint.sentBack.by.name}退回了会商记录`}
          description={`退回的理由：${joint.sentBack.reason}`}
        />
      )}
      <p className="lead">
        双方记录有 {differing.length}{' '}
        项不一致。请会商后，由一名督导员逐项写明共同认定的结果和理由，交同组督导员确认。
      </p>
      {differing.map((code) => (
        <JointItem
          key={code}
          basis={basis}
          code={code}
          records={records}
          written={written[code] ?? {}}
          onChange={(changes) => set(code, changes)}
        />
      ))}
      <Deliberate
        title="会商记录"
        choices={[
          { value: 'draft', label: '起草会商记录', what: '会商记录以您的名义起草，交同组督导员确认' },
        ]}
        reasonTitle={false}
        missing={missing}
        send={async () => {
          await draftJoint(
            place,
            entries.map((one) => Settled.parse(one)),
          );
          onDone();
        }}
      />
    </>
  );
}

interface JointItemProps {
  basis: Basis;
  code: string;
  records: Records;
  written: Unsettled;
  onChange: (changes: Unsettled) => void;
}

function JointItem({ basis, code, records, written, onChange }: JointItemProps) {
  const { rubric } = basis;
  const item = findItem(rubric, code);
  const declared = records.flatMap(({ answers }) => answers.items[code]?.notApplicable ?? [])[0];
  const take = ({ answers }: Records[number]) => {
    if (!item) return onChange({ count: answers.bonus[code]?.count ?? 0 });
    const { facts, notApplicable } = answers.items[code] ?? {};
    onChange(notApplicable ? { facts: undefined, notApplicable } : { facts, notApplicable: undefined });
  };
  return (
    <fieldset className="visit-item" id={`item-${code}`}>
      <legend>
        <b>{code}</b> {titleOf(basis, code)}
      </legend>
      <div className="beside">
        {records.map((one) => (
          <p key={one.name}>
            {one.name}：{saidOf(rubric, code, one.answers)}{' '}
            <Button size="small" onClick={() => take(one)}>
              以{one.name}为准<span className="hidden">：{code}</span>
            </Button>
          </p>
        ))}
      </div>
      {declared && (
        <label className="choice">
          <input
            type="checkbox"
            checked={written.notApplicable !== undefined}
            onChange={({ target }) =>
              onChange({ facts: undefined, notApplicable: target.checked ? declared : undefined })
            }
          />
          <span>认定为不适用：{declared.reason}</span>
        </label>
      )}
      {item && !written.notApplicable && (
        <FactFields item={item} facts={written.facts} onChange={(facts) => onChange({ facts })} />
      )}
      {!item && (
        <label className="field count">
          <span>共同认定的数量</span>
          <input
            inputMode="numeric"
            value={written.count ?? ''}
            onChange={({ target }) => {
              const digits = target.value.replace(/\D/g, '').slice(0, 4);
              onChange({ count: digits ? Number(digits) : undefined });
            }}
          />
        </label>
      )}
      <label className="field">
        <span>{code} 的认定理由（必填）</span>
        <textarea
          rows={2}
          maxLength={2000}
          value={written.reason ?? ''}
          onChange={({ target }) => onChange({ reason: target.value })}
        />
      </label>
    </fieldset>
  );
}
