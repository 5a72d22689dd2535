import { Alert, Button } from 'antd';
import { useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';
import { Contact } from '../../../shared/domain/complaint.ts';
import type { ComplaintView } from '../../../shared/domain/complaint-forms.ts';
import { api } from '../session/api.ts';
import { roleTitle, usePerson } from '../session/person.ts';
import { printedInstant } from '../ui/dates.ts';
import { messageOf, useLoaded } from '../ui/loading.ts';
import { Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { ComplaintActs } from './complaint-acts.tsx';
import { readComplaint } from './complaints.ts';
import './staff.css';

/** One complaint: what was said, where it stands, its signed history, and what this person may do with it. */
export function ComplaintPage() {
  const { number = '' } = useParams();
  const [round, setRound] = useState(0);
  const [said, setSaid] = useState<string>();
  const complaint = useLoaded(
    `complaint ${number} ${round}`,
    useCallback(() => readComplaint(number), [number]),
  );
  const done = (what: string) => {
    setSaid(what);
    setRound((count) => count + 1);
  };
  return (
    <Page
      title="投诉办理"
      lead={
        <>
          受理编号 <span className="code">{number}</span>　<Link to="/work/complaints">返回投诉列表</Link>
        </>
      }
    >
      <div role="status">{said && <Alert type="success" showIcon title={said} />}</div>
      <Show of={complaint}>{(one) => <Complaint complaint={one} onDone={done} />}</Show>
    </Page>
  );
}

interface Shown {
  complaint: ComplaintView;
  onDone: (said: string) => void;
}

function Complaint({ complaint, onDone }: Shown) {
  const { statusTitle, agency, filingNumber, year, receivedAt, dueBy, overdue, handler } = complaint;
  const { text, finding, answer, vetoCases, history } = complaint;
  return (
    <>
      <dl className="facts">
        <Row title="状态">
          {statusTitle}
          {dueBy && `，应于 ${printedInstant(dueBy)} 前办理`}
          {overdue && <span className="warned">（已逾期）</span>}
        </Row>
        <Row title="被投诉机构">
          {agency}
          {filingNumber && `（${filingNumber}）`}
        </Row>
        <Row title="事情发生的年份">{year} 年</Row>
        <Row title="收到时间">{printedInstant(receivedAt)}</Row>
        <Row title="经办人">{handler ?? '尚未受理'}</Row>
        <Row title="联系方式">
          <Reach complaint={complaint} />
        </Row>
      </dl>
      <h2>投诉的事实</h2>
      <p className="written">{text}</p>
      {finding && !answer && (
        <>
          <h2>处理意见：{finding.upheld ? '属实' : '不属实'}</h2>
          <p className="written">拟答复投诉人：{finding.answer}</p>
        </>
      )}
      {answer && (
        <>
          <h2>对投诉人的答复</h2>
          <p className="written">{answer}</p>
        </>
      )}
      {vetoCases.length > 0 && (
        <>
          <h2>据此提出的一票否决案</h2>
          <ul>
            {vetoCases.map(({ id, state }) => (
              <li key={id}>
                <Link to={`/work/dossiers/${year}/${filingNumber}`}>{id}</Link>（{state}）
              </li>
            ))}
          </ul>
        </>
      )}
      <ComplaintActs complaint={complaint} onDone={onDone} />
      <h2>办理记录</h2>
      <ol className="history" reversed>
        {history.toReversed().map(({ seq, at, by, title, reason, hash }) => (
          <li key={seq} value={seq}>
            <b>{title}</b>
            <span>
              {by.name}（{roleTitle(by.role)}）
            </span>
            <time dateTime={at}>{printedInstant(at)}</time>
            {reason && <p>{reason}</p>}
            <small className="code">{hash.slice(0, 16)}…</small>
          </li>
        ))}
      </ol>
    </>
  );
}

function Row({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Who complained, shown on demand to whoever may know it. */
function Reach({ complaint: { number, hasContact } }: Pick<Shown, 'complaint'>) {
  const { role } = usePerson();
  const [contact, setContact] = useState<Contact>();
  const [problem, setProblem] = useState<string>();
  if (!hasContact) return <>没有留下联系方式，或已到期删除</>;
  if (role !== 'handler' && role !== 'auditor') return <>只供经办此件的人员查看</>;
  const show = () => {
    setProblem(undefined);
    api
      .get(`/complaints/${number}/contact`, Contact)
      .then(setContact, (error: unknown) => setProblem(messageOf(error)));
  };
  if (contact) {
    return (
      <span role="status">
        {contact.name || '未留姓名'}，{contact.reach || '未留电话或邮箱'}
      </span>
    );
  }
  return (
    <>
      <Button size="small" onClick={show}>
        显示联系方式
      </Button>
      {problem && <Alert type="error" showIcon title={problem} />}
    </>
  );
}
