import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { Link } from 'react-router';
import { NewComplaint, type Receipt } from '../../../shared/domain/complaint-forms.ts';
import { chinaYear, printedDay } from '../ui/dates.ts';
import { messageOf, useLoaded } from '../ui/loading.ts';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { knownAgencies, NoAnswer, newId, sendComplaint } from './complaints.ts';
import './complaints.css';

const LEAD =
  '反映技能人才评价机构在评价活动中的问题，无需登录。收到后 3 个工作日内初审、7 个工作日内答复，以页面给出的日期为准。';

/** The public's complaint form: no account, and a receipt with which its state can be asked for. */
export function ComplaintPage() {
  const [receipt, setReceipt] = useState<Receipt>();
  return (
    <Page title="投诉" lead={receipt ? undefined : LEAD}>
      {receipt ? (
        <Received receipt={receipt} />
      ) : (
        <>
          <p>
            已经投诉过的，可以<Link to="/complaint/state">查询办理情况</Link>。
          </p>
          <Form onReceived={setReceipt} />
        </>
      )}
    </Page>
  );
}

interface Typed {
  name: string;
  filingNumber: string;
  year: string;
  text: string;
  contactName: string;
  reach: string;
}

type Problems = Partial<Record<keyof Typed, string>>;

const YEARS = 5;

function Form({ onReceived }: { onReceived: (receipt: Receipt) => void }) {
  const form = useRef<HTMLFormElement>(null);
  const [id] = useState(newId);
  const agencies = useLoaded('agencies', knownAgencies);
  const known = agencies.state === 'ready' ? agencies.value : [];
  const thisYear = chinaYear();
  const [typed, setTyped] = useState<Typed>({
    name: '',
    filingNumber: '',
    year: String(thisYear),
    text: '',
    contactName: '',
    reach: '',
  });
  const [problems, setProblems] = useState<Problems>({});
  const [failed, setFailed] = useState<{ message: string; uncertain: boolean }>();
  const [busy, setBusy] = useState(false);
  const list = useId();
  const field = (name: keyof Typed) => ({
    name,
    value: typed[name],
    problem: problems[name],
    onChange: (value: string) => setTyped({ ...typed, [name]: value }),
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const { complaint, wrong } = read(id, typed, known);
    setProblems(wrong);
    if (!complaint) {
      const [first] = Object.keys(wrong);
      form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    setBusy(true);
    setFailed(undefined);
    try {
      onReceived(await sendComplaint(complaint));
    } catch (error) {
      setFailed({ message: messageOf(error), uncertain: error instanceof NoAnswer });
      setBusy(false);
    }
  };

  return (
    <form ref={form} onSubmit={submit} noValidate className="complaint">
      {/* Whether it arrived is not known: only the very same may be sent again. */}
      <fieldset disabled={busy || failed?.uncertain === true}>
        <Field title="被投诉机构名称" required list={list} maxLength={100} {...field('name')} />
        <datalist id={list}>
          {known.map(({ filingNumber, name }) => (
            <option key={filingNumber} value={name} />
          ))}
        </datalist>
        <Field title="机构备案号" hint="不知道的可以不填" maxLength={20} {...field('filingNumber')} />
        <label className="field">
          <span>事情发生的年份</span>
          <select value={typed.year} onChange={({ target }) => setTyped({ ...typed, year: target.value })}>
            {Array.from({ length: YEARS }, (_none, back) => thisYear - back).map((year) => (
              <option key={year} value={year}>
                {year} 年
              </option>
            ))}
          </select>
        </label>
        <Field
          title="投诉的事实"
          required
          long
          hint="写明时间、地点和经过。这段文字长期保存，请不要写您自己和他人的姓名、电话、证件号码"
          maxLength={5000}
          {...field('text')}
        />
        <fieldset className="apart">
          <legend>您的联系方式（可以不填）</legend>
          <p>只供经办人员核实情况，单独保存，不提供给被投诉机构，办结一段时间后删除。</p>
          <Field title="姓名" maxLength={50} autoComplete="name" {...field('contactName')} />
          <Field title="电话或邮箱" maxLength={100} autoComplete="tel" {...field('reach')} />
        </fieldset>
      </fieldset>
      {failed && (
        <Notice tone="error" title={failed.message}>
          {failed.uncertain && '投诉可能已经收到。请按原内容再次提交，不会重复登记。'}
        </Notice>
      )}
      <button type="submit" className="push main" disabled={busy}>
        {busy ? '正在提交……' : failed?.uncertain ? '再次提交' : '提交投诉'}
      </button>
    </form>
  );
}

/** What is sent, or what is wrong with it, field by field. Whoever names an agency that is known need not know its number. */
function read(id: string, typed: Typed, known: readonly { name: string; filingNumber: string }[]) {
  const name = typed.name.trim();
  const number = typed.filingNumber.trim().toUpperCase();
  const filingNumber = number || known.find((one) => one.name === name)?.filingNumber;
  const { data, error } = NewComplaint.safeParse({
    id,
    agency: { name, ...(filingNumber && { filingNumber }) },
    year: Number(typed.year),
    text: typed.text,
    contact: { name: typed.contactName, reach: typed.reach },
  });
  const wrong: Problems = {};
  for (const { path } of error?.issues ?? []) {
    const [place, inner] = path;
    if (place === 'text') wrong.text = '请写明投诉的事实，10 至 5000 个字';
    else if (inner === 'filingNumber')
      wrong.filingNumber = '备案号是 1 个字母 Y 或 S 加 12 位数字，不知道的可以不填';
    else if (place === 'agency') wrong.name = '请写明被投诉机构的名称，最多 100 个字';
    else if (inner === 'name') wrong.contactName = '姓名最多 50 个字';
    else wrong.reach = '电话或邮箱最多 100 个字';
  }
  return { complaint: data, wrong };
}

interface FieldProps {
  title: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  problem: string | undefined;
  hint?: string;
  required?: boolean;
  long?: boolean;
  list?: string;
  maxLength: number;
  autoComplete?: string;
}

export function Field({ title, value, onChange, problem, hint, required, long, ...rest }: FieldProps) {
  const id = useId();
  const told = [hint && `${id}hint`, problem && `${id}problem`].filter(Boolean).join(' ');
  const common = {
    ...rest,
    id,
    value,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
    'aria-invalid': problem !== undefined,
    ...(told && { 'aria-describedby': told }),
    ...(required && { 'aria-required': true }),
  };
  return (
    <div className="field">
      <label htmlFor={id}>
        {title}
        {required && <small>（必填）</small>}
      </label>
      {hint && <small id={`${id}hint`}>{hint}</small>}
      {long ? <textarea rows={8} {...common} /> : <input type="text" {...common} />}
      {problem && (
        <p id={`${id}problem`} className="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function Received({ receipt }: { receipt: Receipt }) {
  const { number, code, firstLookBy, answerBy } = receipt;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section aria-labelledby="received">
      <h2 id="received" ref={heading} tabIndex={-1}>
        投诉已收到
      </h2>
      <p>
        请记下受理编号和查询码。<strong>查询码只在这里显示一次，系统不保存，遗失后不能找回。</strong>
        两者都有才能查询办理情况和答复。
      </p>
      <dl className="facts">
        <Kept title="受理编号" value={number} />
        <Kept title="查询码" value={code} />
        <div>
          <dt>初审期限</dt>
          <dd>{printedDay(firstLookBy)}</dd>
        </div>
        <div>
          <dt>答复期限</dt>
          <dd>{printedDay(answerBy)}</dd>
        </div>
      </dl>
      <p>
        <Link to="/complaint/state">查询办理情况</Link>
      </p>
    </section>
  );
}

/** Something to keep, with a button that copies it. */
function Kept({ title, value }: { title: string; value: string }) {
  const [copied, setCopied] = useState<boolean>();
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <span className="code">{value}</span>{' '}
        <button type="button" className="push" onClick={copy}>
          复制{title}
        </button>
        <span role="status">{copied === undefined ? '' : copied ? '已复制' : '不能复制，请手工记下'}</span>
      </dd>
    </div>
  );
}
