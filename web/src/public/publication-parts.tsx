import type { Snapshot } from './snapshots.ts';

/** Names and values, one under another. */
export function Facts({ of }: { of: readonly (readonly [string, string | null])[] }) {
  return (
    <dl className="facts">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? '未编号'}</dd>
        </div>
      ))}
    </dl>
  );
}

/** `2022-02` as `2022年2月`. */
export const monthText = (month: string) => month.replace(/^(\d{4})-0?(\d{1,2})$/, '$1年$2月');

type Bands = Snapshot<'circular'>['bands'];

/** How many agencies came to which band. */
export function BandTable({ bands, population }: { bands: Bands; population: number }) {
  return (
    <table>
      <caption>参评机构 {population} 家</caption>
      <thead>
        <tr>
          <th scope="col">等次</th>
          <th scope="col">数量（家）</th>
          <th scope="col">占比</th>
        </tr>
      </thead>
      <tbody>
        {bands.map(({ name, count, percent }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{count}</td>
            <td>{percent}%</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
