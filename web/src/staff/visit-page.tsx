import { Alert } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { FilingNumber } from '../../../shared/domain/agency.ts';
import { factsProblems, unanswered } from '../../../shared/domain/facts.ts';
import { usePerson } from '../session/person.ts';
import { today } from '../ui/dates.ts';
import { messageOf, useLoaded } from '../ui/loading.ts';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { Deliberate } from './deliberate.tsx';
import { JointEntry } from './joint-entry.tsx';
import { lackOnSite, OnSite } from './on-site.tsx';
import { CaptureElsewhere, ExportPacket } from './packet-parts.tsx';
import { Deadline } from './tasks.tsx';
import { VisitItems } from './visit-items.tsx';
import {
  type Basis,
  type Kept,
  keep,
  type Place,
  readBasis,
  readKept,
  send,
  type Written,
} from './visit-record.ts';
import './staff.css';

/** An inspector's form for one visit: for a phone, and for places without a network. */
export function VisitPage() {
  const { year = '', filingNumber = '' } = useParams();
  const { id } = usePerson();
  const isOne = /^\d{4}$/.test(year) && FilingNumber.safeParse(filingNumber).success;
  if (!isOne) return <NotFoundPage />;
  return <Visit key={`${year} ${filingNumber}`} person={id} year={year} filingNumber={filingNumber} />;
}

function Visit({ person, year, filingNumber }: Place) {
  const place = useMemo(() => ({ person, year, filingNumber }), [person, year, filingNumber]);
  const [round, setRound] = useState(0);
  const basis = useLoaded(
    `visit ${person} ${year} ${filingNumber} ${round}`,
    useCallback(() => readBasis(place), [place]),
  );
  const title = basis.state === 'ready' ? basis.value.view.agency.name : '现场检查';
  return (
    <Page title={title} lead={`${year} 年度现场检查，机构备案号 ${filingNumber}`}>
      <Show of={basis}>
        {(found) => <Standing place={place} basis={found} onChange={() => setRound((count) => count + 1)} />}
      </Show>
      <p>
        <Link to="/work">返回我的检查任务</Link>
      </p>
    </Page>
  );
}

interface StandingProps {
  place: Place;
  basis: Basis;
  onChange: () => void;
}

function Standing({ place, basis, onChange }: StandingProps) {
  const { view } = basis;
  const { inspectors, findings } = view.visit;
  if (view.status !== 'visiting') {
    return <Alert type="info" showIcon title={`检查已经结束，档案状态：${view.statusTitle}`} />;
  }
  if (!findings[place.person]) return <Recording place={place} basis={basis} onSent={onChange} />;
  if (!inspectors.every((id) => findings[id])) {
    return (
      <Alert
        type="success"
        showIcon
        title="您的检查记录已提交"
        description="同组督导员提交之前，双方记录互不可见。双方一致的，检查自动办结；不一致的，在这里会商。"
      />
    );
  }
  return <JointEntry place={place} basis={basis} onDone={onChange} />;
}

const empty = (): Written => ({
  answers: { items: {}, bonus: {} },
  representative: { name: '', agrees: true, statement: '' },
  visitedOn: today(),
});

const EVERY_MS = 15_000;

const newNonce = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

function Recording({ place, basis, onSent }: { place: Place; basis: Basis; onSent: () => void }) {
  const [kept, setKept] = useState<Kept>(() => ({ written: empty(), ...readKept(place), basis }));
  const [problem, setProblem] = useState<string>();
  const { written, signedAt } = kept;

  const change = (next: Kept) => {
    setKept(next);
    try {
      keep(place, next);
    } catch {
      setProblem('本机存储空间不足，内容没有保存在本机，请不要关闭页面');
    }
  };
  const write = (changes: Partial<Written>) => change({ ...kept, written: { ...written, ...changes } });

  // A signed record goes out when the line is back, at the latest with the next round.
  useEffect(() => {
    if (!signedAt) return undefined;
    let current = true;
    let busy = false;
    const attempt = async () => {
      if (busy) return;
      busy = true;
      try {
        const outcome = await send(place, kept);
        if (current && outcome === 'sent') onSent();
      } catch (error) {
        if (!current) return;
        const { signedAt: _withdrawn, ...open } = kept;
        setKept(open);
        keep(place, open);
        setProblem(messageOf(error));
      } finally {
        busy = false;
      }
    };
    attempt();
    const timer = setInterval(attempt, EVERY_MS);
    window.addEventListener('online', attempt);
    return () => {
      current = false;
      clearInterval(timer);
      window.removeEventListener('online', attempt);
    };
  }, [signedAt, kept, place, onSent]);

  if (signedAt) {
    return (
      <>
        <Alert
          type="warning"
          showIcon
          title="检查记录已签名，存在本机，等待提交"
          description="没有网络时请保留本页面。恢复网络后自动提交，只提交一次；也可以回到办公室后在同一台设备上重新打开本页面。"
        />
        <ExportPacket place={place} basis={basis} kept={kept} />
      </>
    );
  }
  return (
    <>
      {problem && (
        <Alert type="error" showIcon title={problem} closable onClose={() => setProblem(undefined)} />
      )}
      <p className="lead">
        填写的内容随时保存在本机，没有网络也可以填写。
        {basis.deadline && (
          <>
            请于 <Deadline at={basis.deadline} /> 前提交。
          </>
        )}
      </p>
      <VisitItems
        rubric={basis.rubric}
        claimed={basis.view.answers}
        answers={written.answers}
        onChange={(answers) => write({ answers })}
      />
      <Signature
        basis={basis}
        written={written}
        onWrite={write}
        onSign={() => change({ ...kept, signedAt: new Date().toISOString(), nonce: newNonce() })}
      />
      <CaptureElsewhere place={place} basis={basis} onDone={onSent} />
    </>
  );
}

const DAY = '检查日期';

interface SignatureProps {
  basis: Basis;
  written: Written;
  onWrite: (changes: Partial<Written>) => void;
  onSign: () => void;
}

function Signature({ basis, written, onWrite, onSign }: SignatureProps) {
  const { rubric } = basis;
  const missing = unanswered(rubric, written.answers);
  const total = rubric.parts.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <>
      <OnSite dayTitle={DAY} total={total} missing={missing} present={written} onWrite={onWrite} />
      <Deliberate
        title="签名提交"
        choices={[{ value: 'sign', label: '签名提交', what: '检查记录以您的名义提交，提交后不能修改' }]}
        reasonTitle={false}
        missing={() => lackOf(basis, written)}
        send={async () => onSign()}
      />
    </>
  );
}

/** Why the record cannot be signed yet, by the same rules as the API's. */
function lackOf({ rubric }: Basis, written: Written): string | undefined {
  const { answers } = written;
  const missing = unanswered(rubric, answers);
  if (missing.length > 0) return `还有 ${missing.length} 项没有填写：${missing.join('、')}`;
  const [problem] = factsProblems(rubric, answers);
  if (problem) return `${problem.item} ${problem.message}`;
  const unreasoned = Object.entries(answers.items).find(
    ([, { facts }]) => facts?.kind === 'graded' && !facts.reason.trim(),
  );
  if (unreasoned) return `请写明 ${unreasoned[0]} 的评定理由`;
  return lackOnSite(DAY, written);
}
