import { useLoaded } from '../ui/loading.ts';
import { Show } from '../ui/show.tsx';
import { fetchPublished } from './snapshots.ts';
import { changeOf, type Move, movesOf, PublicStars, type StarredAgency, starsIn } from './star-moves.ts';
import { Stars } from './star-table.tsx';

const readStars = (): Promise<PublicStars> => fetchPublished('/stars', PublicStars);
const NAMES: Readonly<Record<number, string>> = { 5: '五星级', 4: '四星级', 3: '三星级' };

/** From which years' circulars stars moved where: a picture of all, and a table of each. */
export function StarChanges({ matches }: { matches: (agency: StarredAgency) => boolean }) {
  const loaded = useLoaded('stars through the years', readStars);
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">历年变化</h2>
      <Show of={loaded}>
        {({ years, agencies }) => {
          const all = years.map(({ year }) => year).sort((a, b) => a - b);
          const chosen = agencies.filter(matches);
          if (all.length < 2) return <p>公布两个年度以后，在这里显示星级的变化。</p>;
          if (chosen.length === 0) return <p>没有符合条件的机构。</p>;
          return (
            <>
              <p>
                各年度通报公布的三星级及以上机构。线的粗细和数字表示机构数量；通报没有列名的，归入“未列入”，原因（不参评、未达到三星级等）不在此公布。
              </p>
              <Picture years={all} moves={movesOf(all, chosen)} agencies={chosen} />
              <Changes years={all} agencies={chosen} />
            </>
          );
        }}
      </Show>
    </section>
  );
}

const LEVELS: readonly (number | null)[] = [5, 4, 3, null];
const LEFT = 90;
const STEP = 220;
const TOP = 40;
const ROW = 62;
const xOf = (years: readonly number[], year: number) => LEFT + years.indexOf(year) * STEP;
const yOf = (stars: number | null) => TOP + LEVELS.indexOf(stars) * ROW;
const nameOf = (stars: number | null) => (stars === null ? '未列入' : (NAMES[stars] ?? `${stars} 星`));

/** Lines between the years, as thick as the agencies that went that way. The table below says the same in words. */
function Picture(props: {
  years: readonly number[];
  moves: readonly Move[];
  agencies: readonly StarredAgency[];
}) {
  const { years, moves, agencies } = props;
  const width = xOf(years, years.at(-1) ?? 0) + 60;
  const most = Math.max(1, ...moves.map(({ count }) => count));
  return (
    // A picture of many years is moved inside its own frame, with the keyboard as well.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable
    <section className="picture" aria-label="星级变化图" tabIndex={0}>
      <svg viewBox={`0 0 ${width} ${TOP + ROW * 4 - 20}`} width={width} role="img" aria-label={said(moves)}>
        {LEVELS.map((stars) => (
          <text key={stars} x={LEFT - 28} y={yOf(stars) + 5} textAnchor="end">
            {nameOf(stars)}
          </text>
        ))}
        {years.map((year) => (
          <text key={year} x={xOf(years, year)} y={16} textAnchor="middle">
            {year} 年度
          </text>
        ))}
        {moves.map(({ from, to, count }) => (
          <line
            key={`${from.year} ${from.stars} ${to.stars}`}
            className={trend(from.stars, to.stars)}
            x1={xOf(years, from.year)}
            y1={yOf(from.stars)}
            x2={xOf(years, to.year)}
            y2={yOf(to.stars)}
            strokeWidth={2 + (8 * count) / most}
          />
        ))}
        {years.flatMap((year) =>
          LEVELS.map((stars) => {
            const count = agencies.filter((agency) => starsIn(agency, year) === stars).length;
            return (
              count > 0 && (
                <g key={`${year} ${stars}`}>
                  <circle cx={xOf(years, year)} cy={yOf(stars)} r={14} />
                  <text className="count" x={xOf(years, year)} y={yOf(stars) + 5} textAnchor="middle">
                    {count}
                  </text>
                </g>
              )
            );
          }),
        )}
      </svg>
      <p className="key">
        <span className="rose">上升或新列入</span>
        <span className="fell">下降或未列入</span>
        <span className="same">不变</span>
      </p>
    </section>
  );
}

const trend = (from: number | null, to: number | null) => {
  const [before, after] = [from ?? 0, to ?? 0];
  if (after > before) return 'rose';
  return after < before ? 'fell' : 'same';
};

const said = (moves: readonly Move[]) =>
  moves
    .map(
      ({ from, to, count }) =>
        `${from.year} 年度${nameOf(from.stars)}到 ${to.year} 年度${nameOf(to.stars)} ${count} 家`,
    )
    .join('；');

function Changes({ years, agencies }: { years: readonly number[]; agencies: readonly StarredAgency[] }) {
  return (
    <table className="cards">
      <caption>各机构历年星级</caption>
      <thead>
        <tr>
          <th scope="col">机构名称</th>
          {years.map((year) => (
            <th key={year} scope="col">
              {year} 年度
            </th>
          ))}
          <th scope="col">与上年比较</th>
        </tr>
      </thead>
      <tbody>
        {agencies.map((agency) => (
          <tr key={agency.filingNumber}>
            <th scope="row">{agency.name}</th>
            {years.map((year) => {
              const stars = starsIn(agency, year);
              return (
                <td key={year} data-title={`${year} 年度`}>
                  {stars === null ? '未列入' : <Stars stars={stars} result={nameOf(stars)} />}
                </td>
              );
            })}
            <td data-title="与上年比较">{changeOf(years, agency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
