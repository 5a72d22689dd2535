import type { Answer, EvidenceRef } from '../../../shared/domain/facts.ts';
import type { BonusItem, RubricItem } from '../../../shared/domain/rubric.ts';
import type { ScoreSheet } from '../../../shared/domain/score.ts';
import { factLines } from '../ui/facts.ts';
import type { Own } from './dossier.ts';
import { completenessOf, type Entry, factsOf } from './entries.ts';
import { EvidenceBox } from './evidence-box.tsx';
import { BonusFields, FactFields, NotApplicable, TextField } from './item-fields.tsx';
import type { Transfer, Uploads } from './uploads.ts';

interface CardProps {
  own: Own;
  entry: Entry;
  others: readonly EvidenceRef[];
  uploads: Uploads;
  transfers: readonly Transfer[];
  onChange: (changes: Partial<Entry>) => void;
}

/** One item with its fields, its files, its score and the rule that gave it; beside it what was filed before, if it was. */
export function ItemCard(
  props: CardProps & {
    item: RubricItem;
    score: ScoreSheet['items'][number] | undefined;
    earlier: Answer | undefined;
    compared: boolean;
  },
) {
  const { item, entry, score, earlier, compared, onChange } = props;
  const fields = { entry, onChange };
  return (
    <article id={item.code} tabIndex={-1} className="item" aria-labelledby={`${item.code}-title`}>
      <h3 id={`${item.code}-title`}>
        <span className="code">{item.code}</span> {item.title}
        <small>{item.points} 分</small>
      </h3>
      <div className={compared ? 'rounds' : undefined}>
        {compared && <Earlier item={item} earlier={earlier} now={entry} />}
        <div>
          {compared && <p className="round">本次填报</p>}
          {!entry.notApplicable && <FactFields item={item} {...fields} />}
          <NotApplicable {...fields} />
        </div>
      </div>
      <TextField
        rows={1}
        label="备注（选填）"
        value={entry.remark}
        onChange={(remark) => onChange({ remark })}
      />
      {!entry.notApplicable && (
        <EvidenceBox
          {...props}
          place={item.code}
          evidence={entry.evidence}
          required={item.evidenceRequired}
          onChange={(evidence) => onChange({ evidence })}
        />
      )}
      <Outcome item={item} entry={entry} score={score} />
    </article>
  );
}

function Outcome(props: { item: RubricItem; entry: Entry; score: ScoreSheet['items'][number] | undefined }) {
  const { item, entry, score } = props;
  const completeness = completenessOf(item, entry);
  if (!score || completeness !== 'complete') {
    return (
      <p className="outcome-line pending">
        {completeness === 'begun' ? '本项还没有填完整，填完后计算得分' : '本项尚未填报'}
      </p>
    );
  }
  return (
    <p className="outcome-line">
      {score.outcome === 'notApplicable' ? '不计分' : <b>{score.earned} 分</b>}
      <span>{score.rule}</span>
    </p>
  );
}

function Earlier(props: { item: RubricItem; earlier: Answer | undefined; now: Entry }) {
  const { item, earlier, now } = props;
  const facts = earlier?.facts;
  const lines = facts
    ? factLines(item, facts)
    : earlier?.notApplicable
      ? [`不适用：${earlier.notApplicable.reason}`]
      : ['未填'];
  const changed = JSON.stringify(factsOf(item, now)) !== JSON.stringify(facts);
  return (
    <div className="earlier">
      <p className="round">上一轮填报{changed && <span className="new">已更改</span>}</p>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {earlier?.evidence && earlier.evidence.length > 0 && (
        <small>材料：{earlier.evidence.map(({ fileName }) => fileName).join('、')}</small>
      )}
    </div>
  );
}

/** One bonus that may be claimed. */
export function BonusCard(props: CardProps & { item: BonusItem }) {
  const { item, entry, onChange } = props;
  return (
    <article id={item.code} tabIndex={-1} className="item" aria-labelledby={`${item.code}-title`}>
      <h3 id={`${item.code}-title`}>
        <span className="code">{item.code}</span> {item.title}
        <small>
          {item.each === item.max ? `${item.max} 分` : `每项 ${item.each} 分，最多 ${item.max} 分`}
        </small>
      </h3>
      <BonusFields item={item} entry={entry} onChange={onChange} />
      <TextField
        rows={1}
        label="说明（选填）"
        value={entry.remark}
        onChange={(remark) => onChange({ remark })}
      />
      <EvidenceBox
        {...props}
        place={item.code}
        evidence={entry.evidence}
        required={false}
        onChange={(evidence) => onChange({ evidence })}
      />
    </article>
  );
}
