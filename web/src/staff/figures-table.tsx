import { FILING_TYPES, type FilingType } from '../../../shared/domain/filing-types.ts';
import type { CircularFigures } from '../../../shared/domain/narrative/figures.ts';

/** The figures that the text is bound to, as the system computed them. */
export function FiguresTable({ figures }: { figures: CircularFigures }) {
  const { population, byFilingType, bands, percentNote, averageExecutionRate } = figures;
  const { withoutActivity, computerExam, leftOut, itemAverages } = figures;
  const types = (Object.keys(FILING_TYPES) as FilingType[]).map(
    (type) => `${FILING_TYPES[type]} ${byFilingType[type] ?? 0} 家`,
  );
  const weakest = itemAverages.slice(0, 3).map(({ title, average }) => `${title}（${average}%）`);
  const facts: [string, string][] = [
    ['参评机构', `${population} 家，其中${types.join('、')}`],
    ['不参评机构', leftOut.map(({ reason, count }) => `${reason} ${count} 家`).join('、') || '无'],
    ...bands.map(({ name, count, percent }): [string, string] => [name, `${count} 家，占 ${percent}%`]),
    ['平均计划执行率', averageExecutionRate === null ? '无数据' : `${averageExecutionRate}%（三星级及以上）`],
    ['未开展评价', `${withoutActivity} 家`],
    ['线上机考', `${computerExam.count} 家，占 ${computerExam.percent}%`],
    ['得分率较低的项目', weakest.join('、')],
  ];
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">本年度数据</h2>
      {percentNote && <p>{percentNote}</p>}
      <dl className="facts">
        {facts.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
