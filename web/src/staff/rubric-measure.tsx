import { PLATFORM_TITLES } from '../../../shared/domain/platform.ts';
import type { FactField, ItemOf } from '../../../shared/domain/rubric.ts';
import { Choice } from './rubric-sources.tsx';

type Banded = ItemOf<'banded'>;
type Measured = Banded['measure'];

interface MeasureProps {
  item: Banded;
  onChange: ((item: Banded) => void) | undefined;
}

const TYPES = [
  { value: 'rate', label: '按比率（分子÷分母）' },
  { value: 'count', label: '按数量' },
];

/** The same item asked for in the other way; what its figure is called stays. */
function asType(measure: Measured, type: string): Measured {
  if (measure.type === type) return measure;
  if (measure.type === 'rate')
    return { type: 'count', count: { key: 'count', label: measure.numerator.label } };
  return {
    type: 'rate',
    numerator: { key: 'numerator', label: measure.count.label },
    denominator: { key: 'denominator', label: '应完成数' },
  };
}

/** What a measured item asks for, in the words of the form, and which of the platform's figures it must agree with. */
export function Measure({ item, onChange }: MeasureProps) {
  const { measure, code } = item;
  const set = (changed: Measured) => onChange?.({ ...item, measure: changed });
  return (
    <div className="grid">
      <Choice
        title={`${code} 计量办法`}
        value={measure.type}
        options={TYPES}
        onChange={(type) => set(asType(measure, type))}
      />
      {measure.type === 'count' ? (
        <Field
          title={`${code} 填报数`}
          field={measure.count}
          onChange={(count) => set({ ...measure, count })}
        />
      ) : (
        <>
          <Field
            title={`${code} 分子`}
            field={measure.numerator}
            onChange={(numerator) => set({ ...measure, numerator })}
          />
          <Field
            title={`${code} 分母`}
            field={measure.denominator}
            onChange={(denominator) => set({ ...measure, denominator })}
          />
        </>
      )}
    </div>
  );
}

const COLUMNS = [
  { value: '', label: '不核对' },
  ...Object.entries(PLATFORM_TITLES).map(([value, label]) => ({ value, label })),
];

function Field(props: { title: string; field: FactField; onChange: (field: FactField) => void }) {
  const { title, field, onChange } = props;
  const { platform, ...own } = field;
  return (
    <>
      <Label title={title} value={field.label} onChange={(label) => onChange({ ...field, label })} />
      <Choice
        title={`${title}与平台核对`}
        value={platform ?? ''}
        options={COLUMNS}
        onChange={(column) =>
          onChange(column === '' ? own : { ...own, platform: column as NonNullable<FactField['platform']> })
        }
      />
    </>
  );
}

export function Label(props: { title: string; value: string; onChange: (label: string) => void }) {
  return (
    <label className="field">
      <span>{props.title}</span>
      <input value={props.value} onChange={({ target }) => props.onChange(target.value)} />
    </label>
  );
}
