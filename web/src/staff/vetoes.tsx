import { Button } from 'antd';
import { Link } from 'react-router';
import type { Cycle } from '../../../shared/domain/cycle.ts';
import type { EvidenceRef } from '../../../shared/domain/facts.ts';
import { ROLES } from '../../../shared/domain/history.ts';
import {
  caseState,
  openCases,
  rolesToAct,
  stageOf,
  VETO_GATES,
  VETO_OUTCOMES,
  type VetoCase,
  vetoHand,
  vetoHands,
} from '../../../shared/domain/veto.ts';
import { usePerson } from '../session/person.ts';
import { printedDay, printedInstant } from '../ui/dates.ts';
import { type AtDossier, useAct } from './act.ts';
import { Deliberate } from './deliberate.tsx';
import { VetoProposal } from './veto-proposal.tsx';

interface VetoesProps extends AtDossier {
  onOpen: (file: EvidenceRef) => void;
}

/** Cases for a veto against the agency, and what this person may do in them. */
export function Vetoes({ onOpen, ...at }: VetoesProps) {
  const { dossier, cycle } = at;
  const { role } = usePerson();
  const { vetoCases } = dossier;
  const mayPropose =
    (role === 'handler' || role === 'approver') &&
    VETO_GATES.some((gate) => gate === cycle.gate?.gate) &&
    !['leftOut', 'collecting', 'published'].includes(dossier.status);
  if (vetoCases.length === 0 && !mayPropose) return null;
  return (
    <section aria-labelledby="vetoes">
      <h2 id="vetoes">一票否决{vetoCases.length > 0 && `（${vetoCases.length} 件）`}</h2>
      {vetoCases.map((one) => (
        <Case key={one.id} one={one} title={titleOf(cycle.rubric, one.code)} onOpen={onOpen} />
      ))}
      {openCases(dossier).map((one) => (
        <Decision key={one.id} one={one} {...at} />
      ))}
      {mayPropose && (
        <details>
          <summary>有一票否决的情形</summary>
          <VetoProposal {...at} />
        </details>
      )}
    </section>
  );
}

const titleOf = ({ vetoes }: Cycle['rubric'], code: string) =>
  `${code} ${vetoes.find((veto) => veto.code === code)?.title ?? ''}`;

function Case({ one, title, onOpen }: { one: VetoCase; title: string } & Pick<VetoesProps, 'onOpen'>) {
  const { facts, evidence, sources, proposedAt, proposedBy, answerBy, heardAt, statement } = one;
  return (
    <article className="request">
      <p>
        <b>{title}</b>，{proposedBy.name}于 {printedInstant(proposedAt)} 提出
        <span className="state">{caseState(one)}</span>
      </p>
      <p>{facts}</p>
      {sources.length > 0 && (
        <p>
          证据来源：
          {sources.map(({ title, on, complaint }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a record's sources never change places
            <span key={place}>
              {place > 0 && '、'}
              {title}（{printedDay(on)}）
              {complaint && <Link to={`/work/complaints/${complaint}`}>{complaint}</Link>}
            </span>
          ))}
        </p>
      )}
      <Files files={evidence} onOpen={onOpen} />
      <p>
        {statement
          ? `机构陈述：${statement.content}`
          : heardAt
            ? '机构逾期未陈述'
            : `机构可在 ${printedInstant(answerBy)} 前陈述申辩`}
      </p>
      <Files files={statement?.evidence ?? []} onOpen={onOpen} />
      {one.confirmations.map(({ by, at, reason }) => (
        <p key={by.id}>
          {by.name}（{ROLES[by.role]}）于 {printedInstant(at)} 核实：{reason}
        </p>
      ))}
      {one.decision && (
        <p>
          {one.decision.by.name}（{ROLES[one.decision.by.role]}）于 {printedInstant(one.decision.at)} 决定：
          {one.decision.reason}
        </p>
      )}
    </article>
  );
}

function Files({ files, onOpen }: { files: readonly EvidenceRef[] } & Pick<VetoesProps, 'onOpen'>) {
  return files.map((file) => (
    <Button key={file.id} type="link" className="file" onClick={() => onOpen(file)}>
      {file.fileName}
    </Button>
  ));
}

/** Confirming, signing or rejecting: for whoever has the turn and has had no part in the case. */
function Decision({ one, ...at }: AtDossier & { one: VetoCase }) {
  const act = useAct(at);
  const { id, role } = usePerson();
  if (!rolesToAct(one).includes(role) || vetoHands(at.dossier).includes(vetoHand(one.id, id))) return null;
  const title = titleOf(at.cycle.rubric, one.code);
  const reject = {
    value: 'rejected',
    label: '不予认定',
    what: '案件终结，结果不受影响，理由告知机构',
  } as const;
  if (stageOf(one) === 'signing') {
    return (
      <Deliberate
        title={`签发一票否决：${title}`}
        choices={[
          {
            value: 'signed',
            label: '签发一票否决',
            what: '该机构评估结果为不合格，已公示的更新公示，理由告知机构',
            typed: '不合格',
          },
          reject,
        ]}
        send={(verdict, reason) =>
          act(
            'veto-signature',
            { case: one.id, verdict, reason },
            `一票否决案已办理：${VETO_OUTCOMES[verdict]}。`,
          )
        }
      />
    );
  }
  const last = one.confirmations.length > 0;
  return (
    <Deliberate
      title={`核实一票否决案：${title}`}
      choices={[
        {
          value: 'confirmed',
          label: '核实属实',
          what: last ? '送主任签发；核实意见不告知机构' : '再由另一人核实；核实意见不告知机构',
        },
        reject,
      ]}
      send={(verdict, reason) => {
        const said = verdict === 'confirmed' ? '已核实属实。' : '一票否决案已终结，不予认定。';
        return act('veto-confirmation', { case: one.id, verdict, reason }, said);
      }}
    />
  );
}
