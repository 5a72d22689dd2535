import { Button } from 'antd';
import type { Manuscript } from './manuscript.ts';

interface AnnexOrderProps {
  annex: Manuscript['annex'];
  /** Filing numbers as they are being ordered. */
  order: readonly string[] | undefined;
  /** Absent: to be read only. */
  onChange: ((order: string[]) => void) | undefined;
}

/** The annex of stars; inside its group an agency can be moved. */
export function AnnexOrder({ annex, order, onChange }: AnnexOrderProps) {
  const rows = order
    ? annex.toSorted((a, b) => order.indexOf(a.filingNumber) - order.indexOf(b.filingNumber))
    : annex;
  const move = (index: number, by: 1 | -1) => {
    const numbers = rows.map(({ filingNumber }) => filingNumber);
    const [moved = ''] = numbers.splice(index, 1);
    onChange?.(numbers.toSpliced(index + by, 0, moved));
  };
  const canMove = (index: number, by: 1 | -1) => {
    const other = rows[index + by];
    return other !== undefined && other.filingType === rows[index]?.filingType;
  };
  return (
    <section aria-labelledby="annex">
      <h2 id="annex">附件名单（{rows.length} 家）</h2>
      <table className="cards">
        <caption className="hidden">附件名单</caption>
        <thead>
          <tr>
            <th scope="col">序号</th>
            <th scope="col">机构名称</th>
            <th scope="col">机构备案号</th>
            <th scope="col">备案期限</th>
            <th scope="col">评估星级</th>
            {onChange && <th scope="col">顺序</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, filingNumber, filingTerm, result }, index) => (
            <tr key={filingNumber}>
              <td data-title="序号">{index + 1}</td>
              <th scope="row">{name}</th>
              <td data-title="机构备案号" className="code">
                {filingNumber}
              </td>
              <td data-title="备案期限">{filingTerm}</td>
              <td data-title="评估星级">{result}</td>
              {onChange && (
                <td data-title="顺序">
                  <Button size="small" disabled={!canMove(index, -1)} onClick={() => move(index, -1)}>
                    上移<span className="hidden">{name}</span>
                  </Button>{' '}
                  <Button size="small" disabled={!canMove(index, 1)} onClick={() => move(index, 1)}>
                    下移<span className="hidden">{name}</span>
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
