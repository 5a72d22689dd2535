/** From which items the year's statistics and the system's own findings take their figures. */
import { factFields, type ItemOf, itemsOf, type Rubric } from '../../../shared/domain/rubric.ts';

interface SourcesProps {
  rubric: Rubric;
  /** Absent: to be read only. */
  onChange: ((rubric: Rubric) => void) | undefined;
}

type Banded = ItemOf<'banded'>;

export function RubricSources({ rubric, onChange }: SourcesProps) {
  const { measures } = rubric;
  const set = (changes: Partial<typeof measures>) =>
    onChange?.({ ...rubric, measures: { ...measures, ...changes } });
  const banded = itemsOf(rubric).filter((item): item is Banded => item.kind === 'banded');
  const rates = banded
    .filter(({ measure }) => measure.type === 'rate')
    .map(({ code, title }) => ({ value: code, label: `${code} ${title}` }));
  const fields = banded.flatMap((item) =>
    factFields(item).map(({ key, label }) => ({
      value: `${item.code} ${key}`,
      label: `${item.code} ${label}`,
    })),
  );
  const { upheldComplaints: complaints, ...others } = measures;
  const placeOf = (value: string) => {
    const [item = '', field = ''] = value.split(' ');
    return { item, field };
  };
  return (
    <details>
      <summary>统计口径</summary>
      <fieldset disabled={!onChange} className="grid">
        <legend className="hidden">统计口径</legend>
        <Choice
          title="年度计划执行率取自"
          value={measures.executionRate}
          options={rates}
          onChange={(executionRate) => set({ executionRate })}
        />
        <Choice
          title="线上机考占比取自"
          value={measures.computerExam}
          options={rates}
          onChange={(computerExam) => set({ computerExam })}
        />
        <Choice
          title="是否开展评价取自"
          value={`${measures.activity.item} ${measures.activity.field}`}
          options={fields}
          onChange={(value) => set({ activity: placeOf(value) })}
        />
        <Choice
          title="查实投诉数与台账核对"
          value={complaints ? `${complaints.item} ${complaints.field}` : ''}
          options={[{ value: '', label: '不核对' }, ...fields]}
          onChange={(value) =>
            onChange?.({
              ...rubric,
              measures: value ? { ...others, upheldComplaints: placeOf(value) } : others,
            })
          }
        />
      </fieldset>
    </details>
  );
}

interface ChoiceProps {
  title: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** What is chosen stays in sight where its item has been taken out. */
export function Choice({ title, value, options, onChange }: ChoiceProps) {
  const isThere = options.some((option) => option.value === value);
  return (
    <label className="field">
      <span>{title}</span>
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        {!isThere && <option value={value}>{value}（已删除）</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
