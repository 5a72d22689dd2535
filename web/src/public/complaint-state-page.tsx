import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import type { ComplaintState } from '../../../shared/domain/complaint-forms.ts';
import { printedDay } from '../ui/dates.ts';
import { messageOf } from '../ui/loading.ts';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { Field } from './complaint-page.tsx';
import { askAfter } from './complaints.ts';
import './complaints.css';

/** What became of a complaint, for whoever has its number and code. Neither stands in the address. */
export function ComplaintStatePage() {
  const [number, setNumber] = useState('');
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [state, setState] = useState<ComplaintState>();
  const [failed, setFailed] = useState<string>();
  const missing = (value: string, title: string) =>
    asked && value.trim() === '' ? `请填写${title}` : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (busy || number.trim() === '' || code.trim() === '') return;
    setBusy(true);
    setFailed(undefined);
    setState(undefined);
    try {
      setState(await askAfter(number.trim(), code.trim()));
    } catch (error) {
      setFailed(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page title="查询投诉办理情况" lead="填写提交投诉时得到的受理编号和查询码。">
      <form onSubmit={submit} noValidate className="complaint">
        <Field
          title="受理编号"
          name="number"
          required
          hint="以 TS 开头"
          maxLength={40}
          autoComplete="off"
          value={number}
          onChange={setNumber}
          problem={missing(number, '受理编号')}
        />
        <Field
          title="查询码"
          name="code"
          required
          maxLength={60}
          autoComplete="off"
          value={code}
          onChange={setCode}
          problem={missing(code, '查询码')}
        />
        <button type="submit" className="push main" disabled={busy}>
          {busy ? '正在查询……' : '查询'}
        </button>
      </form>
      {failed && <Notice tone="error" title={failed} />}
      <div aria-live="polite">{state && <State state={state} />}</div>
      <p>
        <Link to="/complaint">提交新的投诉</Link>
      </p>
    </Page>
  );
}

function State({ state }: { state: ComplaintState }) {
  const { number, status, agency, receivedAt, firstLookBy, answerBy, closedAt, answer } = state;
  const rows = [
    ['受理编号', number],
    ['被投诉机构', agency],
    ['办理情况', status],
    ['收到日期', printedDay(receivedAt)],
    ...(closedAt
      ? [['办结日期', printedDay(closedAt)]]
      : [
          ['初审期限', printedDay(firstLookBy)],
          ['答复期限', printedDay(answerBy)],
        ]),
  ] as const;
  return (
    <section aria-labelledby="state">
      <h2 id="state">{status}</h2>
      <dl className="facts">
        {rows.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {answer && (
        <>
          <h2>答复</h2>
          <p className="written">{answer}</p>
        </>
      )}
    </section>
  );
}
