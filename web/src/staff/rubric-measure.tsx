import type { ItemOf } from '../../../shared/domain/rubric.ts';

interface MeasureProps {
  item: ItemOf<'banded'>;
  onChange: ((item: ItemOf<'banded'>) => void) | undefined;
}

/** What a measured item asks for, in the words of the form. */
export function Measure({ item, onChange }: MeasureProps) {
  const { measure } = item;
  const set = (changed: typeof measure) => onChange?.({ ...item, measure: changed });
  if (measure.type === 'count') {
    const { count } = measure;
    return (
      <Label
        title={`${item.code} 填报数`}
        value={count.label}
        onChange={(label) => set({ ...measure, count: { ...count, label } })}
      />
    );
  }
  const { numerator, denominator } = measure;
  return (
    <div className="grid">
      <Label
        title={`${item.code} 分子`}
        value={numerator.label}
        onChange={(label) => set({ ...measure, numerator: { ...numerator, label } })}
      />
      <Label
        title={`${item.code} 分母`}
        value={denominator.label}
        onChange={(label) => set({ ...measure, denominator: { ...denominator, label } })}
      />
    </div>
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
