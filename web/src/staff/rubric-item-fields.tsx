import type { Facts } from '../../../shared/domain/facts.ts';
import { scoreItem } from '../../../shared/domain/item-score.ts';
import { factFields, type ItemOf, type PointsBand, RubricItem } from '../../../shared/domain/rubric.ts';
import { FactFields } from './fact-fields.tsx';
import { Label, Measure } from './rubric-measure.tsx';
import { Rows } from './rubric-rows.tsx';
import { NumberField } from './settings-form.tsx';

interface ItemFieldsProps<I extends RubricItem = RubricItem> {
  item: I;
  /** Absent: to be read only. */
  onChange: ((item: RubricItem) => void) | undefined;
}

interface RubricItemFieldsProps extends ItemFieldsProps {
  facts: Facts | undefined;
  onTry: (facts: Facts | undefined) => void;
}

/** One item of the rubric: what it is worth, how facts become points, and facts to try it with. */
export function RubricItemFields({ item, facts, onChange, onTry }: RubricItemFieldsProps) {
  const change = onChange ?? (() => undefined);
  return (
    <>
      <fieldset disabled={!onChange} className="grid">
        <legend>
          {item.code}（{ITEM_KINDS[item.kind]}）
        </legend>
        <label className="field">
          <span>{item.code} 名称</span>
          <input value={item.title} onChange={({ target }) => change({ ...item, title: target.value })} />
        </label>
        <NumberField
          title={`${item.code} 分值`}
          value={item.points}
          onChange={(points) => change({ ...item, points })}
        />
        <label className="choice">
          <input
            type="checkbox"
            checked={item.evidenceRequired}
            onChange={({ target }) => change({ ...item, evidenceRequired: target.checked })}
          />
          <span>须附佐证材料</span>
        </label>
      </fieldset>
      <fieldset disabled={!onChange}>
        <legend className="hidden">{item.code} 计分办法</legend>
        <Rule item={item} onChange={onChange} />
      </fieldset>
      <details>
        <summary>试算 {item.code}</summary>
        <FactFields item={item} facts={facts} onChange={onTry} />
        {facts && <Earned item={item} facts={facts} />}
      </details>
    </>
  );
}

/** How facts become points. */
export const ITEM_KINDS: Record<RubricItem['kind'], string> = {
  banded: '分档',
  checklist: '清单',
  graded: '评判',
  deduction: '扣分',
};

/** What the item alone earns; nothing while it is not sound or the facts are not complete. */
function Earned({ item, facts }: { item: RubricItem; facts: Facts }) {
  const isWhole = item.kind !== 'banded' || facts.kind !== 'banded' || hasAll(item, facts.values);
  const isGraded = facts.kind !== 'graded' || facts.grade !== '';
  if (!RubricItem.safeParse(item).success || !isWhole || !isGraded) return null;
  const { earned, rule } = scoreItem(item, facts);
  return (
    <p role="status" className="trial">
      得 {earned / 1000} 分：{rule}
    </p>
  );
}

const hasAll = (item: ItemOf<'banded'>, values: Record<string, number>) =>
  factFields(item).every(({ key }) => values[key] !== undefined);

function Rule({ item, onChange }: ItemFieldsProps) {
  switch (item.kind) {
    case 'banded':
      return (
        <>
          <Measure item={item} onChange={onChange} />
          <Bands item={item} onChange={onChange} />
        </>
      );
    case 'checklist':
      return <Checks item={item} onChange={onChange} />;
    case 'graded':
      return <Grades item={item} onChange={onChange} />;
    case 'deduction':
      return (
        <div className="grid">
          <Label
            title={`${item.code} 扣分情形`}
            value={item.fault}
            onChange={(fault) => onChange?.({ ...item, fault })}
          />
          <NumberField
            title={`${item.code} 每处扣分（${item.fault}）`}
            value={item.perFault}
            onChange={(perFault) => onChange?.({ ...item, perFault })}
          />
        </div>
      );
  }
}

function Bands({ item, onChange }: ItemFieldsProps<ItemOf<'banded'>>) {
  const unit = item.measure.type === 'rate' ? '%' : '';
  const set = (bands: typeof item.bands) => onChange?.({ ...item, bands });
  return (
    <Rows
      rows={item.bands}
      name={`${item.code} 第`}
      fields={(band, index) => (
        <>
          <NumberField
            title={`第 ${index + 1} 档${band.above ? '高于' : '不低于'}（${unit || '数量'}）`}
            value={band.from}
            onChange={(from) => set(item.bands.with(index, { ...band, from }))}
          />
          <NumberField
            title={`第 ${index + 1} 档得分`}
            value={band.points}
            onChange={(points) => set(item.bands.with(index, { ...band, points }))}
          />
          <label className="choice">
            <input
              type="checkbox"
              checked={band.above ?? false}
              onChange={({ target }) => set(item.bands.with(index, bounded(band, target.checked)))}
            />
            <span>不含本数</span>
          </label>
        </>
      )}
      onRemove={onChange && ((index) => set(item.bands.toSpliced(index, 1)))}
      onAdd={onChange && (() => set([...item.bands, { from: 0, points: 0 }]))}
      addTitle="增加一档"
    />
  );
}

/** A band that begins at its bound, or just above it. */
function bounded({ above: _before, ...band }: PointsBand, above: boolean): PointsBand {
  return above ? { ...band, above } : band;
}

function Checks({ item, onChange }: ItemFieldsProps<ItemOf<'checklist'>>) {
  const set = (lines: typeof item.lines) => onChange?.({ ...item, lines });
  const nextKey = () => {
    const taken = new Set(item.lines.map(({ key }) => key));
    let number = item.lines.length + 1;
    while (taken.has(String(number))) number++;
    return String(number);
  };
  return (
    <Rows
      rows={item.lines}
      name={`${item.code} 第`}
      fields={(line, index) => (
        <>
          <label className="field">
            <span>第 {index + 1} 行内容</span>
            <input
              value={line.label}
              onChange={({ target }) => set(item.lines.with(index, { ...line, label: target.value }))}
            />
          </label>
          <NumberField
            title={`第 ${index + 1} 行得分`}
            value={line.points}
            onChange={(points) => set(item.lines.with(index, { ...line, points }))}
          />
        </>
      )}
      onRemove={onChange && ((index) => set(item.lines.toSpliced(index, 1)))}
      onAdd={onChange && (() => set([...item.lines, { key: nextKey(), label: '', points: 1 }]))}
      addTitle="增加一行"
    />
  );
}

function Grades({ item, onChange }: ItemFieldsProps<ItemOf<'graded'>>) {
  const set = (grades: typeof item.grades) => onChange?.({ ...item, grades });
  const { length } = item.grades;
  return (
    <Rows
      rows={item.grades}
      name={`${item.code} 第`}
      fields={(grade, index) => (
        <>
          <label className="field">
            <span>{grade.grade} 等说明</span>
            <input
              value={grade.description}
              onChange={({ target }) => set(item.grades.with(index, { ...grade, description: target.value }))}
            />
          </label>
          <NumberField
            title={`${grade.grade} 等得分`}
            value={grade.points}
            onChange={(points) => set(item.grades.with(index, { ...grade, points }))}
          />
        </>
      )}
      onRemove={onChange && ((index) => set(item.grades.toSpliced(index, 1)))}
      mayGo={(grade) => length > 2 && grade === item.grades.at(-1)}
      onAdd={onChange && length < LETTERS.length ? () => set([...item.grades, worst(length)]) : undefined}
      addTitle="增加一等"
    />
  );
}

const LETTERS = 'ABCDEFGH';

/** The grade below all others. */
const worst = (index: number) => ({ grade: LETTERS.charAt(index), points: 0, description: '' });
