import { FILING_TYPES, type FilingType } from '../../../shared/domain/filing-types.ts';
import type { StarRow } from './snapshots.ts';

export const filingTypeTitle = (filingType: string): string =>
  FILING_TYPES[filingType as FilingType] ?? filingType;

/** Stars for the eye, their number for the ear. */
export function Stars({ stars, result }: { stars: number; result: string }) {
  return (
    <span className="stars" role="img" aria-label={result}>
      {'★'.repeat(stars)}
    </span>
  );
}

/** The annex as a table; on a narrow screen each agency becomes a card with the columns' names. */
export function StarTable({ caption, rows }: { caption: string; rows: readonly StarRow[] }) {
  return (
    <table className="cards">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">序号</th>
          <th scope="col">机构名称</th>
          <th scope="col">机构备案号</th>
          <th scope="col">备案类型</th>
          <th scope="col">备案期限</th>
          <th scope="col">评估星级</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ number, name, filingNumber, filingType, filingTerm, stars, result }) => (
          <tr key={filingNumber}>
            <td data-title="序号">{number}</td>
            <th scope="row">{name}</th>
            <td data-title="机构备案号" className="code">
              {filingNumber}
            </td>
            <td data-title="备案类型">{filingTypeTitle(filingType)}</td>
            <td data-title="备案期限">{filingTerm}</td>
            <td data-title="评估星级">
              <Stars stars={stars} result={result} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
