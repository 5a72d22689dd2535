import { useId } from 'react';
import type { Facts } from '../../../shared/domain/facts.ts';
import { factFields, type ItemOf, type RubricItem } from '../../../shared/domain/rubric.ts';

interface FactFieldsProps<I extends RubricItem = RubricItem> {
  item: I;
  facts: Facts | undefined;
  onChange: (facts: Facts | undefined) => void;
}

/** The facts of one item to be filled in, by its kind. */
export function FactFields({ item, ...rest }: FactFieldsProps) {
  switch (item.kind) {
    case 'banded':
      return <Numbers item={item} {...rest} />;
    case 'deduction':
      return <Faults item={item} {...rest} />;
    case 'checklist':
      return <Lines item={item} {...rest} />;
    case 'graded':
      return <Grades item={item} {...rest} />;
  }
}

function Count(props: { label: string; value: number | undefined; onChange: (value?: number) => void }) {
  return (
    <label className="field count">
      <span>{props.label}</span>
      <input
        inputMode="numeric"
        autoComplete="off"
        value={props.value ?? ''}
        onChange={({ target }) => {
          const digits = target.value.replace(/\D/g, '').slice(0, 9);
          props.onChange(digits === '' ? undefined : Number(digits));
        }}
      />
    </label>
  );
}

function Numbers({ item, facts, onChange }: FactFieldsProps<ItemOf<'banded'>>) {
  const values = facts?.kind === 'banded' ? facts.values : {};
  const set = (key: string, value: number | undefined) => {
    const { [key]: _before, ...others } = values;
    const next = value === undefined ? others : { ...others, [key]: value };
    onChange(Object.keys(next).length === 0 ? undefined : { kind: 'banded', values: next });
  };
  return (
    <div className="counts">
      {factFields(item).map(({ key, label }) => (
        <Count key={key} label={label} value={values[key]} onChange={(value) => set(key, value)} />
      ))}
    </div>
  );
}

function Faults({ item, facts, onChange }: FactFieldsProps<ItemOf<'deduction'>>) {
  const faults = facts?.kind === 'deduction' ? facts.faults : undefined;
  return (
    <div className="counts">
      <Count
        label={`${item.fault}（处，没有填 0）`}
        value={faults}
        onChange={(count) => onChange(count === undefined ? undefined : { kind: 'deduction', faults: count })}
      />
    </div>
  );
}

function Lines({ item, facts, onChange }: FactFieldsProps<ItemOf<'checklist'>>) {
  const ticked = facts?.kind === 'checklist' ? facts.ticked : undefined;
  const set = (keys: string[] | undefined) =>
    onChange(keys && { kind: 'checklist', ticked: item.lines.map(({ key }) => key).filter(isIn(keys)) });
  return (
    <div>
      {item.lines.map(({ key, label }) => (
        <label key={key} className="choice">
          <input
            type="checkbox"
            checked={ticked?.includes(key) ?? false}
            onChange={({ target }) => {
              const others = (ticked ?? []).filter((one) => one !== key);
              set(target.checked ? [...others, key] : others);
            }}
          />
          <span>{label}</span>
        </label>
      ))}
      <label className="choice">
        <input
          type="checkbox"
          checked={ticked?.length === 0}
          onChange={({ target }) => set(target.checked ? [] : undefined)}
        />
        <span>以上均未做到</span>
      </label>
    </div>
  );
}

const isIn = (keys: readonly string[]) => (key: string) => keys.includes(key);

function Grades({ item, facts, onChange }: FactFieldsProps<ItemOf<'graded'>>) {
  const group = useId();
  const { grade, reason } = facts?.kind === 'graded' ? facts : { grade: '', reason: '' };
  return (
    <div>
      {item.grades.map((one) => (
        <label key={one.grade} className="choice">
          <input
            type="radio"
            name={group}
            checked={grade === one.grade}
            onChange={() => onChange({ kind: 'graded', grade: one.grade, reason })}
          />
          <span>
            <b>{one.grade}</b> {one.description}
          </span>
        </label>
      ))}
      <label className="field">
        <span>评定理由</span>
        <textarea
          rows={2}
          maxLength={2000}
          value={reason}
          onChange={({ target }) => onChange({ kind: 'graded', grade, reason: target.value })}
        />
      </label>
    </div>
  );
}
