import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { chinaDate } from '../../../shared/domain/calendar.ts';
import type { ComplaintLine } from '../../../shared/domain/complaint-forms.ts';
import { type EvidenceRef, filesByItem } from '../../../shared/domain/facts.ts';
import { standingCodes, type VetoSource, vetoesByCase } from '../../../shared/domain/veto.ts';
import { printedInstant } from '../ui/dates.ts';
import { useLoaded } from '../ui/loading.ts';
import { Show } from '../ui/show.tsx';
import { type AtDossier, useAct } from './act.ts';
import { readUpheld } from './complaints.ts';
import { Deliberate } from './deliberate.tsx';

type Source = Pick<VetoSource, 'title' | 'on'>;

/** A case for a veto is proposed: facts, where they come from, complaints and the agency's own files. */
export function VetoProposal(at: AtDossier) {
  const act = useAct(at);
  const { dossier, cycle } = at;
  const [code, setCode] = useState('');
  const [files, setFiles] = useState<EvidenceRef[]>([]);
  const [sources, setSources] = useState<Source[]>([{ title: '', on: '' }]);
  const [complaints, setComplaints] = useState<ComplaintLine[]>([]);
  const { year, filingNumber } = dossier;
  const upheld = useLoaded(
    `upheld ${year} ${filingNumber}`,
    useCallback(() => readUpheld(year, filingNumber), [year, filingNumber]),
  );
  const standing = standingCodes(dossier);
  const vetoes = vetoesByCase(cycle.rubric).filter((veto) => !standing.includes(veto.code));
  const filled = sources.filter(({ title, on }) => title.trim() !== '' || on !== '');
  const missing = () => {
    if (code === '') return '请选择一票否决情形';
    if (filled.some(({ title, on }) => title.trim() === '' || on === '')) return '证据来源须写明名称和日期';
    return filled.length + complaints.length + files.length === 0
      ? '请写明证据来源，或选择机构提交的材料'
      : undefined;
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
        act(
          'veto-cases',
          { code, reason, evidence: files, sources: [...filled, ...complaints.map(asSource)] },
          '一票否决案已交机构陈述申辩。',
        )
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
          <Show of={upheld}>
            {(all) => (
              <Choices
                title="经查属实的投诉（受理编号不告知机构）"
                all={all}
                keyOf={({ number }) => number}
                labelOf={({ number, receivedAt }) => `${number}，${printedInstant(receivedAt)} 收到`}
                chosen={complaints}
                onChange={setComplaints}
              />
            )}
          </Show>
          <Choices
            title="机构提交的材料"
            all={[...own.values()]}
            keyOf={({ id }) => id}
            labelOf={({ fileName }) => fileName}
            chosen={files}
            onChange={setFiles}
          />
        </>
      )}
    </Deliberate>
  );
}

const asSource = ({ number, receivedAt }: ComplaintLine): VetoSource => ({
  title: '经查属实的投诉',
  on: chinaDate(new Date(receivedAt)),
  complaint: number,
});

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

interface ChoicesProps<T> {
  title: string;
  all: readonly T[];
  keyOf: (one: T) => string;
  labelOf: (one: T) => string;
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}

/** Any number of what is there; nothing where nothing is. */
function Choices<T>({ title, all, keyOf, labelOf, chosen, onChange }: ChoicesProps<T>) {
  if (all.length === 0) return null;
  const others = (one: T) => chosen.filter((other) => keyOf(other) !== keyOf(one));
  return (
    <fieldset>
      <legend>{title}</legend>
      {all.map((one) => (
        <label key={keyOf(one)} className="choice">
          <input
            type="checkbox"
            checked={others(one).length < chosen.length}
            onChange={({ target }) => onChange(target.checked ? [...chosen, one] : others(one))}
          />
          <span>{labelOf(one)}</span>
        </label>
      ))}
    </fieldset>
  );
}
