import { Link } from 'react-router';
import { RECTIFICATION_STATUSES } from '../../../shared/domain/rectification.ts';
import type { RectificationLine } from './rectification.ts';

/** Every agency of a rectification and how far it is: what a gate of the run is decided on. */
export function RectificationFacts({ year, lines }: { year: number; lines: readonly RectificationLine[] }) {
  return (
    <table className="cards">
      <caption>整改机构，共 {lines.length} 家</caption>
      <thead>
        <tr>
          <th scope="col">机构名称</th>
          <th scope="col">机构备案号</th>
          <th scope="col">整改状态</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ filingNumber, name, status }) => (
          <tr key={filingNumber}>
            <th scope="row">
              <Link to={`/work/rectifications/${year}/${filingNumber}`}>{name}</Link>
            </th>
            <td data-title="机构备案号" className="code">
              {filingNumber}
            </td>
            <td data-title="整改状态">{RECTIFICATION_STATUSES[status]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
