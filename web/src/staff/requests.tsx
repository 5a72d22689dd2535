import { Button } from 'antd';
import type { EvidenceRef } from '../../../shared/domain/facts.ts';
import { Role } from '../../../shared/domain/history.ts';
import { roleTitle } from '../session/person.ts';
import { printedInstant } from '../ui/dates.ts';
import type { StaffDossier } from './dossier.ts';

const VERDICTS = { upheld: '异议成立', rejected: '异议不成立' } as const;

/** What the agency objected to, and how that was decided. */
export function Objections(props: { dossier: StaffDossier; onOpen: (file: EvidenceRef) => void }) {
  const { objections } = props.dossier;
  if (objections.length === 0) return null;
  return (
    <section aria-labelledby="objections">
      <h2 id="objections">异议（{objections.length} 件）</h2>
      {objections.map(({ id, items, reason, raisedAt, verdict, decision, evidence = [] }) => (
        <article key={id} className="request">
          <p>
            <b>项目 {items.join('、')}</b>，{printedInstant(raisedAt)} 提出
            <span className="state">{verdict ? VERDICTS[verdict] : '待处理'}</span>
          </p>
          <p>{reason}</p>
          {evidence.map((file) => (
            <Button key={file.id} type="link" className="file" onClick={() => props.onOpen(file)}>
              {file.fileName}
            </Button>
          ))}
          {decision && <p>处理理由：{decision}</p>}
        </article>
      ))}
    </section>
  );
}

interface RecusalsProps {
  dossier: StaffDossier;
  nameOf: (inspector: string) => string;
}

/** Who was asked to keep away from the agency, by whom and why. */
export function Recusals({ dossier: { recusals }, nameOf }: RecusalsProps) {
  if (recusals.length === 0) return null;
  return (
    <section aria-labelledby="recusals">
      <h2 id="recusals">回避申请（{recusals.length} 件）</h2>
      {recusals.map(({ inspector, by, reason, at, granted, decision }) => (
        <article key={inspector + at} className="request">
          <p>
            <b>{nameOf(inspector)}</b>，{roleTitle(Role.parse(by.role))}于 {printedInstant(at)} 申请
            <span className="state">{granted === undefined ? '待决定' : granted ? '同意' : '不同意'}</span>
          </p>
          <p>{reason}</p>
          {decision && <p>决定理由：{decision}</p>}
        </article>
      ))}
    </section>
  );
}
