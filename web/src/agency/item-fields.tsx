/** The fields of one item, by its kind. What is typed is kept as it is typed. */
import { useId } from 'react';
import type { BonusItem, ItemOf, RubricItem } from '../../../shared/domain/rubric.ts';
import { COUNT, type Entry, numberFields, numberOf, numberProblem } from './entries.ts';

export interface FieldsProps {
  entry: Entry;
  onChange: (changes: Partial<Entry>) => void;
}

export function FactFields({ item, ...fields }: FieldsProps & { item: RubricItem }) {
  switch (item.kind) {
    case 'banded':
      return <Numbers item={item} {...fields} />;
    case 'deduction':
      return <Numbers item={item} {...fields} />;
    case 'checklist':
      return <Checklist item={item} {...fields} />;
    case 'graded':
      return <Grades item={item} {...fields} />;
  }
}

function Numbers({ item, entry, onChange }: FieldsProps & { item: RubricItem }) {
  const set = (key: string, text: string) => onChange({ numbers: { ...entry.numbers, [key]: text } });
  const [first, second] = numberFields(item).map(({ key }) => numberOf(entry.numbers[key]));
  const over = second !== undefined && first !== undefined && second > 0 && first > second;
  return (
    <>
      <div className="numbers">
        {numberFields(item).map(({ key, label }) => (
          <NumberField
            key={key}
            label={label}
            value={entry.numbers[key]}
            onChange={(text) => set(key, text)}
          />
        ))}
      </div>
      {over && (
        <p className="caution">比率超过 100%，材料复核时会作为异常核查。请核对两个数字，或在备注中说明。</p>
      )}
    </>
  );
}

function NumberField(props: { label: string; value: string | undefined; onChange: (text: string) => void }) {
  const id = useId();
  const problem = numberProblem(props.value);
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className="number"
        inputMode="numeric"
        autoComplete="off"
        value={props.value ?? ''}
        aria-invalid={problem !== undefined}
        aria-describedby={problem && `${id}-problem`}
        onChange={({ target }) => props.onChange(target.value)}
      />
      {problem && (
        <p id={`${id}-problem`} className="problem">
          {problem}
        </p>
      )}
    </div>
  );
}

function Checklist({ item, entry, onChange }: FieldsProps & { item: ItemOf<'checklist'> }) {
  const toggle = (key: string, on: boolean) => {
    const others = entry.ticked.filter((one) => one !== key);
    onChange({ ticked: on ? [...others, key] : others, noneTicked: false });
  };
  return (
    <fieldset>
      <legend>勾选已经做到的</legend>
      {item.lines.map(({ key, label, points }) => (
        <label key={key} className="choice">
          <input
            type="checkbox"
            checked={entry.ticked.includes(key)}
            onChange={({ target }) => toggle(key, target.checked)}
          />
          <span>{label}</span>
          <small>{points} 分</small>
        </label>
      ))}
      <label className="choice">
        <input
          type="checkbox"
          checked={entry.noneTicked}
          onChange={({ target }) => onChange({ ticked: [], noneTicked: target.checked })}
        />
        <span>以上均未做到</span>
      </label>
    </fieldset>
  );
}

function Grades({ item, entry, onChange }: FieldsProps & { item: ItemOf<'graded'> }) {
  const group = useId();
  return (
    <>
      <fieldset>
        <legend>自评等次</legend>
        {item.grades.map(({ grade, points, description }) => (
          <label key={grade} className="choice">
            <input
              type="radio"
              name={group}
              checked={entry.grade === grade}
              onChange={() => onChange({ grade })}
            />
            <span>
              <b>{grade}</b> {description}
            </span>
            <small>{points} 分</small>
          </label>
        ))}
      </fieldset>
      <TextField
        label="评定理由"
        hint="写明对照哪一等次、依据哪些做法和材料"
        value={entry.reason}
        onChange={(reason) => onChange({ reason })}
      />
    </>
  );
}

export function TextField(props: {
  label: string;
  hint?: string;
  rows?: number;
  value: string;
  onChange: (text: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.hint && (
        <small id={`${id}-hint`} className="hint">
          {props.hint}
        </small>
      )}
      <textarea
        id={id}
        rows={props.rows ?? 2}
        maxLength={2000}
        aria-describedby={props.hint && `${id}-hint`}
        value={props.value}
        onChange={({ target }) => props.onChange(target.value)}
      />
    </div>
  );
}

/** An item that does not apply to the agency, with the reason that somebody else will decide on. */
export function NotApplicable({ entry, onChange }: FieldsProps) {
  return (
    <>
      <label className="choice">
        <input
          type="checkbox"
          checked={entry.notApplicable}
          onChange={({ target }) => onChange({ notApplicable: target.checked })}
        />
        <span>本项不适用于本机构</span>
      </label>
      {entry.notApplicable && (
        <TextField
          label="不适用的理由"
          hint="由负责人审批；批准后本项不计入总分，未批准的按未得分处理"
          value={entry.whyNotApplicable}
          onChange={(whyNotApplicable) => onChange({ whyNotApplicable })}
        />
      )}
    </>
  );
}

export function BonusFields({ item, entry, onChange }: FieldsProps & { item: BonusItem }) {
  return (
    <div className="numbers">
      <NumberField
        label={item.each === item.max ? '符合填 1，不符合填 0 或不填' : '数量'}
        value={entry.numbers[COUNT]}
        onChange={(text) => onChange({ numbers: { [COUNT]: text } })}
      />
    </div>
  );
}
