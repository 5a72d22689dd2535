import { Alert, Button } from 'antd';
import { useState } from 'react';
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
        {first.open.length === 0 ? <Empty>没有办理中的投诉。</Empty> : <Open lines={first.open} />}
      </section>
      <section aria-labelledby="closed">
        <h2 id="closed">已办结</h2>
        {closed.length === 0 ? <Empty>没有已办结的投诉。</Empty> : <Closed lines={closed} />}
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

function Open({ lines }: { lines: readonly ComplaintLine[] }) {
  return (
    <table className="cards">
      <caption className="hidden">办理中的投诉</caption>
      <thead>
        <tr>
          <th scope="col">受理编号</th>
          <th scope="col">被投诉机构</th>
          <th scope="col">状态</th>
          <th scope="col">经办人</th>
          <th scope="col">期限</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ number, agency, statusTitle, handler, dueBy, overdue }) => (
          <tr key={number}>
            <th scope="row">
              <Link to={`/work/complaints/${number}`}>{number}</Link>
            </th>
            <td data-title="被投诉机构">{agency}</td>
            <td data-title="状态">{statusTitle}</td>
            <td data-title="经办人">{handler ?? '尚未受理'}</td>
            <td data-title="期限">
              {dueBy && printedInstant(dueBy)}
              {overdue && <span className="warned">（已逾期）</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Closed({ lines }: { lines: readonly ComplaintLine[] }) {
  return (
    <table className="cards">
      <caption className="hidden">已办结的投诉</caption>
      <thead>
        <tr>
          <th scope="col">受理编号</th>
          <th scope="col">被投诉机构</th>
          <th scope="col">年度</th>
          <th scope="col">结果</th>
          <th scope="col">办结日期</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ number, agency, year, statusTitle, closedAt }) => (
          <tr key={number}>
            <th scope="row">
              <Link to={`/work/complaints/${number}`}>{number}</Link>
            </th>
            <td data-title="被投诉机构">{agency}</td>
            <td data-title="年度">{year}</td>
            <td data-title="结果">{statusTitle}</td>
            <td data-title="办结日期">{closedAt && printedDay(closedAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
