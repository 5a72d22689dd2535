/** Rectification 整改: item by item what was found, who puts it right by when, what was done, and the proof of it. */
import { Alert, Button, Modal } from 'antd';
import { useCallback, useRef, useState } from 'react';
import { useParams } from 'react-router';
import type { EvidenceRef } from '../../../shared/domain/facts.ts';
import { api } from '../session/api.ts';
import { usePerson } from '../session/person.ts';
import { printedInstant } from '../ui/dates.ts';
import { Deadline } from '../ui/deadline.tsx';
import { messageOf, useLoaded } from '../ui/loading.ts';
import { Empty, Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { CommitmentFields, isSigned, LineField, noCommitment } from './commitment.tsx';
import type { Own } from './dossier.ts';
import { EvidenceBox } from './evidence-box.tsx';
import { TextField } from './item-fields.tsx';
import { Papers } from './papers.tsx';
import { type Correcting, Rectification, readOwnRectification, rectificationPath } from './rectification.ts';
import { readAccepted, useEvidence } from './use-evidence.ts';
import './agency.css';

export function RectificationPage() {
  const { year = '' } = useParams();
  const { agency = '' } = usePerson();
  const load = useCallback(async () => {
    const own = { year: Number(year), filingNumber: agency };
    const [rectification, types] = await Promise.all([readOwnRectification(own), readAccepted(own)]);
    return { own, rectification, types };
  }, [year, agency]);
  const opened = useLoaded(`rectification ${year}`, load);
  return (
    <Page title={`${year} 年度整改`}>
      <Show of={opened}>
        {({ own, rectification, types }) =>
          rectification ? (
            <Correct own={own} start={rectification} types={types} />
          ) : (
            <Empty>本机构本年度没有需要整改的事项。</Empty>
          )
        }
      </Show>
    </Page>
  );
}

interface CorrectProps {
  own: Own;
  start: Rectification;
  types: Record<string, number>;
}

function Correct({ own, start, types }: CorrectProps) {
  const [now, setNow] = useState(start);
  const evidence = useEvidence(own, types, correctedFiles(start));
  const open = now.status === 'notified';
  const left = now.items.filter(({ owner, correction }) => !owner || !correction);
  return (
    <>
      <section className={open ? 'now todo' : 'now'} aria-label="当前情况">
        <p className="status">{now.statusTitle}</p>
        {open ? (
          <p>
            请逐项落实责任人和期限，写明整改情况并上传证明材料，全部登记后签署提交。逾期未提交的，登记为逾期未整改。
          </p>
        ) : (
          <p>{now.verdict ? `认定结果：${now.verdict.reason}` : '整改材料已收到，等待复查和认定。'}</p>
        )}
        {open && <Deadline at={now.deadline} />}
        {now.submission && <p>提交时间：{printedInstant(now.submission.at)}</p>}
        <Papers own={own} paper="rectifications" title="整改通知书" />
      </section>
      <h2>整改项目</h2>
      {now.items.map((item) => (
        <DefectCard
          key={item.code}
          own={own}
          item={item}
          open={open}
          box={evidence.box(item.code)}
          files={evidence.kept[item.code] ?? []}
          onKept={setNow}
        />
      ))}
      {open && <Submit own={own} left={left} underWay={evidence.underWay} onSubmitted={setNow} />}
    </>
  );
}

const correctedFiles = ({ items }: Rectification): Record<string, EvidenceRef[]> =>
  Object.fromEntries(items.map(({ code, correction }) => [code, correction?.evidence ?? []]));

function DefectCard(props: {
  own: Own;
  item: Correcting;
  open: boolean;
  box: ReturnType<ReturnType<typeof useEvidence>['box']>;
  files: readonly EvidenceRef[];
  onKept: (rectification: Rectification) => void;
}) {
  const { own, item, open, box, files, onKept } = props;
  const [person, setPerson] = useState(item.owner ?? '');
  const [due, setDue] = useState(item.due ?? '');
  const [statement, setStatement] = useState(item.correction?.statement ?? '');
  const [told, setTold] = useState<{ problem?: string; busy?: boolean }>({});
  const ready = person.trim() !== '' && due !== '' && statement.trim() !== '' && files.length > 0;
  const keep = async () => {
    setTold({ busy: true });
    try {
      const path = `${rectificationPath(own)}/items/${item.code}`;
      await api.put(`${path}/plan`, { owner: person.trim(), due }, Rectification);
      onKept(
        await api.put(`${path}/correction`, { statement: statement.trim(), evidence: files }, Rectification),
      );
      setTold({});
    } catch (error) {
      setTold({ problem: messageOf(error) });
    }
  };
  return (
    <article className="item" aria-labelledby={`${item.code}-title`}>
      <h3 id={`${item.code}-title`}>
        <span className="code">{item.code}</span> {item.title}
      </h3>
      <dl className="facts">
        <div>
          <dt>发现的问题</dt>
          <dd>{item.found}</dd>
        </div>
        <div>
          <dt>整改要求</dt>
          <dd>{item.required}</dd>
        </div>
      </dl>
      {open ? (
        <>
          <div className="numbers">
            <LineField label="责任人" type="text" value={person} onChange={setPerson} />
            <LineField label="完成期限" type="date" value={due} onChange={setDue} />
          </div>
          <TextField
            label="整改情况"
            hint="写明采取的措施、完成时间和效果"
            value={statement}
            onChange={setStatement}
          />
          <EvidenceBox {...box} required={false} />
          {told.problem && <Alert type="error" showIcon title={told.problem} />}
          <p className="outcome-line">
            <Button disabled={!ready} loading={told.busy ?? false} onClick={keep}>
              登记本项整改<span className="hidden">（{item.code}）</span>
            </Button>
            <span>
              {item.correction
                ? `已登记（${printedInstant(item.correction.at)}），提交前可以更改后重新登记`
                : '填写责任人、期限、整改情况，并至少上传一份材料后登记'}
            </span>
          </p>
        </>
      ) : (
        <p className="outcome-line">
          <span>
            责任人 {item.owner ?? '未登记'}；{item.correction?.statement ?? '没有登记整改情况'}
          </span>
        </p>
      )}
    </article>
  );
}

function Submit(props: {
  own: Own;
  left: readonly Correcting[];
  underWay: number;
  onSubmitted: (rectification: Rectification) => void;
}) {
  const { own, left, underWay, onSubmitted } = props;
  const [commitment, setCommitment] = useState(noCommitment);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const filing = useRef(false);
  const ready = left.length === 0 && underWay === 0 && isSigned(commitment);
  const submit = async () => {
    if (filing.current) return;
    filing.current = true;
    setBusy(true);
    try {
      onSubmitted(await api.post(`${rectificationPath(own)}/submission`, { commitment }, Rectification));
    } catch (error) {
      setProblem(messageOf(error));
      setAsking(false);
      setBusy(false);
      filing.current = false;
    }
  };
  return (
    <section aria-labelledby="commitment" className="commitment">
      <h3 id="commitment">整改承诺</h3>
      <p>本机构承诺：以上整改情况和证明材料真实、准确，问题已经整改到位，自愿接受复查。</p>
      <CommitmentFields value={commitment} onChange={setCommitment} />
      {problem && <Alert type="error" showIcon title={problem} />}
      {left.length > 0 && (
        <p className="hint">
          还有 {left.length} 项没有登记：{left.map(({ code }) => code).join('、')}。
        </p>
      )}
      <Button type="primary" size="large" disabled={!ready} onClick={() => setAsking(true)}>
        签署并提交整改
      </Button>
      <Modal
        open={asking}
        title="确认提交整改"
        okText="确认提交"
        cancelText="再检查一下"
        confirmLoading={busy}
        onOk={submit}
        onCancel={() => setAsking(false)}
      >
        <p>提交后不能修改，由抽取的督导员复查一次。复查认为没有整改到位的，认定为整改不合格。</p>
      </Modal>
    </section>
  );
}
