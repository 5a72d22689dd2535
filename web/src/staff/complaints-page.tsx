import { Alert, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { ComplaintLine, ComplaintList } from '../../../shared/domain/complaint-forms.ts';
import { printedDay, printedInstant } from '../ui/dates.ts';
import { messageOf, useLoaded } from '../ui/loading.ts';
import { Empty, Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { readComplaints } from './complaints.ts';
import './staff.css';

const firstPage = () => readComplaints();

/** All complaints: what is open in front, and marked where it is late. */
export function ComplaintsPage() {
  const first = useLoaded('complaints', firstPage);
  return (
    <Page title="投诉办理" lead="公众提交的投诉。经办人初审、核查并提出处理意见，负责人审核后答复投诉人。">
      <Show of={first}>{(list) => <Lists first={list} />}</Show>
    </Page>
  );
}

function Lists({ first }: { first: ComplaintList }) {
  const [{ closed, cursor }, setShown] = useState(first);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const late = first.open.filter(({ overdue }) => overdue).length;
  const more = () => {
    setBusy(true);
    readComplaints(cursor)
      .then((next) => setShown({ ...next, closed: [...closed, ...next.closed] }))
      .catch((error: unknown) => setProblem(messageOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <>
      <section aria-labelledby="open">
        <h2 id="open">办理中（{first.open.length} 件）</h2>
        {late > 0 && <Alert type="warning" showIcon title={`其中 ${late} 件已逾期`} />}
        {first.open.length === 0 ? (
          <Empty>没有办理中的投诉。</Empty>
        ) : (
          <Table caption="办理中的投诉" columns={OPEN} lines={first.open} />
        )}
      </section>
      <section aria-labelledby="closed">
        <h2 id="closed">已办结</h2>
        {closed.length === 0 ? (
          <Empty>没有已办结的投诉。</Empty>
        ) : (
          <Table caption="已办结的投诉" columns={CLOSED} lines={closed} />
        )}
        {problem && <Alert type="error" showIcon title={problem} />}
        {cursor !== null && (
          <Button block disabled={busy} onClick={more}>
            更多已办结的投诉
          </Button>
        )}
      </section>
    </>
  );
}

type Column = readonly [title: string, show: (line: ComplaintLine) => ReactNode];

const ACCUSED: Column = ['被投诉机构', ({ agency }) => agency];

const OPEN: readonly Column[] = [
  ACCUSED,
  ['状态', ({ statusTitle }) => statusTitle],
  ['经办人', ({ handler }) => handler ?? '尚未受理'],
  [
    '期限',
    ({ dueBy, overdue }) => (
      <>
        {dueBy && printedInstant(dueBy)}
        {overdue && <span className="warned">（已逾期）</span>}
      </>
    ),
  ],
];

const CLOSED: readonly Column[] = [
  ACCUSED,
  ['年度', ({ year }) => year],
  ['结果', ({ statusTitle }) => statusTitle],
  ['办结日期', ({ closedAt }) => closedAt && printedDay(closedAt)],
];

interface TableProps {
  caption: string;
  columns: readonly Column[];
  lines: readonly ComplaintLine[];
}

function Table({ caption, columns, lines }: TableProps) {
  return (
    <table className="cards">
      <caption className="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">受理编号</th>
          {columns.map(([title]) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.number}>
            <th scope="row">
              <Link to={`/work/complaints/${line.number}`}>{line.number}</Link>
            </th>
            {columns.map(([title, show]) => (
              <td key={title} data-title={title}>
                {show(line)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
