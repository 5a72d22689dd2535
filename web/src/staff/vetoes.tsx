import { Button } from 'antd';
import { useState } from 'react';
import type { Cycle } from '../../../shared/domain/cycle.ts';
import { type EvidenceRef, filesByItem } from '../../../shared/domain/facts.ts';
import { ROLES } from '../../../shared/domain/history.ts';
import {
  openCases,
  rolesToAct,
  stageOf,
  standingCodes,
  VETO_GATES,
  VETO_STAGES,
  type VetoCase,
  vetoesByCase,
  vetoHand,
  vetoHands,
} from '../../../shared/domain/veto.ts';
import { usePerson } from '../session/person.ts';
import { printedInstant } from '../ui/dates.ts';
import { type AtDossier, useAct } from './act.ts';
import { Deliberate } from './deliberate.tsx';

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
          <Proposal {...at} />
        </details>
      )}
    </section>
  );
}

const titleOf = ({ vetoes }: Cycle['rubric'], code: string) =>
  `${code} ${vetoes.find((veto) => veto.code === code)?.title ?? ''}`;

const OUTCOMES = { signed: '已签发一票否决', rejected: '不予一票否决' } as const;

function Case({ one, title, onOpen }: { one: VetoCase; title: string } & Pick<VetoesProps, 'onOpen'>) {
  const { facts, evidence, sources, proposedAt, proposedBy, answerBy, heardAt, statement } = one;
  return (
    <article className="request">
      <p>
        <b>{title}</b>，{proposedBy.name}于 {printedInstant(proposedAt)} 提出
        <span className="state">{one.outcome ? OUTCOMES[one.outcome] : VETO_STAGES[stageOf(one)]}</span>
      </p>
      <p>{facts}</p>
      {sources.length > 0 && (
        <p>证据来源：{sources.map((source) => `${source.title}（${source.on}）`).join('、')}</p>
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
          act('veto-signature', { case: one.id, verdict, reason }, `一票否决案已办理：${OUTCOMES[verdict]}。`)
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

interface Source {
  title: string;
  on: string;
}

function Proposal(at: AtDossier) {
  const act = useAct(at);
  const { dossier, cycle } = at;
  const [code, setCode] = useState('');
  const [files, setFiles] = useState<EvidenceRef[]>([]);
  const [sources, setSources] = useState<Source[]>([{ title: '', on: '' }]);
  const standing = standingCodes(dossier);
  const vetoes = vetoesByCase(cycle.rubric).filter((veto) => !standing.includes(veto.code));
  const filled = sources.filter(({ title, on }) => title.trim() !== '' || on !== '');
  const missing = () => {
    if (code === '') return '请选择一票否决情形';
    if (filled.some(({ title, on }) => title.trim() === '' || on === '')) return '证据来源须写明名称和日期';
    return filled.length + files.length === 0 ? '请写明证据来源，或选择机构提交的材料' : undefined;
  };
  const own = new Map(
    filesByItem(dossier.submission?.answers ?? { items: {}, bonus: {} }).map(({ file }) => [file.id, file]),
  );
  return (
    <Deliberate
      title="提出一票否决案"
      choices={[
        {
          value: 'propose',
          label: '提出一票否决案',
          what: `事实和证据交机构陈述申辩（${cycle.settings.statementWorkingDays} 个工作日）；办结之前，评分和公示不能进入下一步`,
        },
      ]}
      reasonTitle="事实"
      missing={missing}
      send={(_choice, reason) =>
        act('veto-cases', { code, reason, evidence: files, sources: filled }, '一票否决案已交机构陈述申辩。')
      }
    >
      {() => (
        <>
          <label className="field">
            <span>情形</span>
            <select value={code} onChange={({ target }) => setCode(target.value)}>
              <option value="">请选择</option>
              {vetoes.map((veto) => (
                <option key={veto.code} value={veto.code}>
                  {veto.code} {veto.title}
                </option>
              ))}
            </select>
          </label>
          <Sources sources={sources} onChange={setSources} />
          {own.size > 0 && <OwnFiles files={[...own.values()]} chosen={files} onChange={setFiles} />}
        </>
      )}
    </Deliberate>
  );
}

function Sources({ sources, onChange }: { sources: Source[]; onChange: (sources: Source[]) => void }) {
  const change = (place: number, changes: Partial<Source>) =>
    onChange(sources.map((source, index) => (index === place ? { ...source, ...changes } : source)));
  return (
    <fieldset>
      <legend>证据来源（文书、举报、查询记录等）</legend>
      {sources.map((source, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what is being typed is known by its place alone
        <div key={place} className="grid">
          <label className="field">
            <span>第 {place + 1} 项名称和来源</span>
            <input
              value={source.title}
              maxLength={200}
              onChange={({ target }) => change(place, { title: target.value })}
            />
          </label>
          <label className="field">
            <span>第 {place + 1} 项日期</span>
            <input
              type="date"
              value={source.on}
              onChange={({ target }) => change(place, { on: target.value })}
            />
          </label>
        </div>
      ))}
      {sources.length < 50 && (
        <Button onClick={() => onChange([...sources, { title: '', on: '' }])}>增加证据来源</Button>
      )}
    </fieldset>
  );
}

function OwnFiles(props: {
  files: readonly EvidenceRef[];
  chosen: readonly EvidenceRef[];
  onChange: (chosen: EvidenceRef[]) => void;
}) {
  const { files, chosen, onChange } = props;
  return (
    <fieldset>
      <legend>机构提交的材料</legend>
      {files.map((file) => (
        <label key={file.id} className="choice">
          <input
            type="checkbox"
            checked={chosen.some(({ id }) => id === file.id)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, file] : chosen.filter(({ id }) => id !== file.id))
            }
          />
          <span>{file.fileName}</span>
        </label>
      ))}
    </fieldset>
  );
}
