/** Who signs for the agency: name, position, date. */
import { useId } from 'react';
import type { Commitment } from '../../../shared/domain/dossier.ts';
import { today } from '../ui/dates.ts';

export const noCommitment = (): Commitment => ({ name: '', position: '', date: today() });

export const isSigned = ({ name, position, date }: Commitment): boolean =>
  name.trim() !== '' && position.trim() !== '' && date !== '';

export function CommitmentFields(props: { value: Commitment; onChange: (value: Commitment) => void }) {
  const { value, onChange } = props;
  const line = (label: string, key: keyof Commitment, type: 'text' | 'date' = 'text') => (
    <LineField
      label={label}
      type={type}
      value={value[key]}
      onChange={(text) => onChange({ ...value, [key]: text })}
    />
  );
  return (
    <div className="numbers">
      {line('承诺人姓名', 'name')}
      {line('职务', 'position')}
      {line('承诺日期', 'date', 'date')}
    </div>
  );
}

export function LineField(props: {
  label: string;
  type: 'text' | 'date';
  value: string;
  onChange: (text: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        type={props.type}
        maxLength={50}
        value={props.value}
        onChange={({ target }) => props.onChange(target.value)}
      />
    </div>
  );
}
