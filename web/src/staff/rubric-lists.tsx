/** What stands beside the parts of a rubric: the stars with their bounds, the bonus with its caps, the vetoes. */
import type { Rubric } from '../../../shared/domain/rubric.ts';
import { withBonus, withVeto } from './rubric-changes.ts';
import { Label } from './rubric-measure.tsx';
import { Rows } from './rubric-rows.tsx';
import { NumberField } from './settings-form.tsx';

interface ListProps {
  rubric: Rubric;
  /** Absent: to be read only. */
  onChange: ((rubric: Rubric) => void) | undefined;
}

/** From how many points on which stars are awarded. */
export function StarBands({ rubric, onChange }: ListProps) {
  const { stars } = rubric;
  const set = (changed: typeof stars) => onChange?.({ ...rubric, stars: changed });
  return (
    <details>
      <summary>星级（{stars.length} 档）</summary>
      <fieldset disabled={!onChange}>
        <legend className="hidden">星级</legend>
        <Rows
          rows={stars}
          name="星级第"
          fields={(band, index) => (
            <>
              <Label
                title={`星级第 ${index + 1} 档名称`}
                value={band.name}
                onChange={(name) => set(stars.with(index, { ...band, name }))}
              />
              <NumberField
                title={`星级第 ${index + 1} 档星数（0 为不合格）`}
                value={band.stars}
                onChange={(count) => set(stars.with(index, { ...band, stars: count }))}
              />
              <NumberField
                title={`星级第 ${index + 1} 档不低于（分）`}
                value={band.from}
                onChange={(from) => set(stars.with(index, { ...band, from }))}
              />
            </>
          )}
          onRemove={onChange && ((index) => set(stars.toSpliced(index, 1)))}
          mayGo={({ stars: count }) => count !== 0}
          onAdd={onChange && (() => set([{ stars: Number.NaN, name: '', from: Number.NaN }, ...stars]))}
          addTitle="在最前增加一档星级"
        />
      </fieldset>
    </details>
  );
}

interface BonusProps extends ListProps {
  /** How much of each bonus is tried out. */
  trial: Readonly<Record<string, number>>;
  onTry: (code: string, count: number) => void;
}

export function BonusList({ rubric, onChange, trial, onTry }: BonusProps) {
  const { max, items } = rubric.bonus;
  const set = (bonus: Partial<typeof rubric.bonus>) =>
    onChange?.({ ...rubric, bonus: { ...rubric.bonus, ...bonus } });
  return (
    <details>
      <summary>
        加分（{items.length} 项，合计不超过 {Number.isNaN(max) ? '' : max} 分）
      </summary>
      <fieldset disabled={!onChange}>
        <legend className="hidden">加分项目</legend>
        <div className="grid">
          <NumberField title="加分合计上限" value={max} onChange={(most) => set({ max: most })} />
        </div>
        <Rows
          rows={items}
          name="加分第"
          fields={(item, index) => (
            <>
              <Label
                title={`${item.code} 名称`}
                value={item.title}
                onChange={(title) => set({ items: items.with(index, { ...item, title }) })}
              />
              <NumberField
                title={`${item.code} 每项加分`}
                value={item.each}
                onChange={(each) => set({ items: items.with(index, { ...item, each }) })}
              />
              <NumberField
                title={`${item.code} 加分上限`}
                value={item.max}
                onChange={(most) => set({ items: items.with(index, { ...item, max: most }) })}
              />
            </>
          )}
          onRemove={onChange && ((index) => set({ items: items.toSpliced(index, 1) }))}
          mayGo={() => true}
          onAdd={onChange && (() => onChange(withBonus(rubric)))}
          addTitle="增加一项加分"
        />
      </fieldset>
      <details>
        <summary>试算加分</summary>
        <div className="grid">
          {items.map(({ code, title }) => (
            <NumberField
              key={code}
              title={`${code} ${title}：符合几项`}
              value={trial[code] ?? Number.NaN}
              onChange={(count) => onTry(code, count)}
            />
          ))}
        </div>
      </details>
    </details>
  );
}

const AUTOMATIC = {
  notFiled: '到期未提交自评的，由系统认定',
  noActivity: '由系统按填报的评价数认定；是否适用，见年度设置“评估年度内未开展评价的，一票否决”',
} as const;

/** Who meets one of these fails. What the system finds by itself stays in the list. */
export function VetoList({ rubric, onChange }: ListProps) {
  const { vetoes } = rubric;
  const set = (changed: typeof vetoes) => onChange?.({ ...rubric, vetoes: changed });
  return (
    <details>
      <summary>一票否决（{vetoes.length} 条）</summary>
      <fieldset disabled={!onChange}>
        <legend className="hidden">一票否决情形</legend>
        <Rows
          rows={vetoes}
          name="一票否决第"
          fields={(veto, index) => (
            <>
              <Label
                title={`${veto.code} 情形`}
                value={veto.title}
                onChange={(title) => set(vetoes.with(index, { ...veto, title }))}
              />
              {veto.automatic && <p>{AUTOMATIC[veto.automatic]}</p>}
            </>
          )}
          onRemove={onChange && ((index) => set(vetoes.toSpliced(index, 1)))}
          mayGo={({ automatic }) => !automatic}
          onAdd={onChange && (() => onChange(withVeto(rubric)))}
          addTitle="增加一条"
        />
      </fieldset>
    </details>
  );
}
