import { Button } from 'antd';
import type { EvidenceRef } from '../../../shared/domain/facts.ts';
import { Role } from '../../../shared/domain/history.ts';
import { roleTitle } from '../session/person.ts';
import { printedInstant } from '../ui/dates.ts';
import type { StaffDossier } from './dossier.ts';

interface ExchangesProps {
  id: 'answers' | 'objections';
  dossier: StaffDossier;
  onOpen: (file: EvidenceRef) => void;
}

const KINDS = {
  answers: { title: '陈述申辩', upheld: '采纳', rejected: '不采纳' },
  objections: { title: '异议', upheld: '异议成立', rejected: '异议不成立' },
} as const;

/** What the agency said to a result, what was put to it since, and the reply. */
export function Exchanges({ id: kind, dossier, onOpen }: ExchangesProps) {
  const exchanges = dossier[kind];
  const words = KINDS[kind];
  if (exchanges.length === 0) return null;
  return (
    <section aria-labelledby={kind}>
      <h2 id={kind}>
        {words.title}（{exchanges.length} 件）
      </h2>
      {exchanges.map(({ id, items, reason, raisedAt, dueBy, verdict, decision, evidence, materials }) => (
        <article key={id} className="request">
          <p>
            <b>项目 {items.join('、')}</b>，{printedInstant(raisedAt)} 提出
            {dueBy && !verdict && `，应于 ${printedInstant(dueBy)} 前答复`}
            <span className="state">{verdict ? words[verdict] : '待处理'}</span>
          </p>
          <p>{reason}</p>
          <Files files={evidence} onOpen={onOpen} />
          {materials.map((material) => (
            <div key={material.at} className="material">
              <p>
                {printedInstant(material.at)} 交机构说明：{material.content}
                {material.documents.length > 0 && `（${material.documents.join('、')}）`}
              </p>
              <p>
                {material.answer
                  ? `机构说明：${material.answer.content}`
                  : material.outcome
                    ? '机构逾期未说明'
                    : `机构可在 ${printedInstant(material.answerBy)} 前说明`}
              </p>
              <Files files={material.answer?.evidence} onOpen={onOpen} />
            </div>
          ))}
          {decision && <p>处理理由：{decision}</p>}
        </article>
      ))}
    </section>
  );
}

function Files({
  files = [],
  onOpen,
}: { files: readonly EvidenceRef[] | undefined } & Pick<ExchangesProps, 'onOpen'>) {
  return files.map((file) => (
    <Button key={file.id} type="link" className="file" onClick={() => onOpen(file)}>
      {file.fileName}
    </Button>
  ));
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
