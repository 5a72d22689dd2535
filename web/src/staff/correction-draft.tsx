import { Alert, Button } from 'antd';
import { useCallback, useState } from 'react';
import type { AgencyChange } from '../../../shared/domain/correction.ts';
import { itemsOf } from '../../../shared/domain/rubric.ts';
import { messageOf, useLoaded } from '../ui/loading.ts';
import { Show } from '../ui/show.tsx';
import { type Effect, previewCorrection } from './correction.ts';
import { Changes, EffectTables } from './correction-effect.tsx';
import { CorrectionForm, type Drafted, draftedProblem } from './correction-form.tsx';
import type { DossierLine, WholeYear } from './cycle.ts';
import { Deliberate } from './deliberate.tsx';
import { readDossier } from './dossier.ts';

interface CorrectionDraftProps {
  cycle: WholeYear;
  /** Agencies with a published result. */
  lines: readonly DossierLine[];
  /** What is gone on from: the draft as it stands, or that of a correction that failed. */
  before: { changes: readonly AgencyChange[]; reason: string } | undefined;
  title: string;
  what: string;
  send: (changes: readonly AgencyChange[], reason: string) => Promise<void>;
}

/** A handler's draft: which agencies, which facts or whose star, what it would change; and then why. */
export function CorrectionDraft({ cycle, lines, before, title, what, send }: CorrectionDraftProps) {
  const [changes, setChanges] = useState(before?.changes ?? []);
  const [effect, setEffect] = useState<Effect>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const nameOf = (filingNumber: string) =>
    lines.find((line) => line.filingNumber === filingNumber)?.name ?? filingNumber;
  const change = (next: readonly AgencyChange[]) => {
    setChanges(next);
    setEffect(undefined);
    setProblem(undefined);
  };
  const preview = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      setEffect(await previewCorrection(cycle.year, changes));
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-labelledby="draft">
      <h2 id="draft">{title}</h2>
      <Changes rubric={cycle.rubric} changes={changes} nameOf={nameOf} />
      {changes.map(({ filingNumber }) => (
        <Button
          key={filingNumber}
          size="small"
          onClick={() => change(changes.filter((one) => one.filingNumber !== filingNumber))}
        >
          移出 {nameOf(filingNumber)}
        </Button>
      ))}
      <AddChange
        cycle={cycle}
        lines={lines.filter(({ filingNumber }) => !changes.some((one) => one.filingNumber === filingNumber))}
        onAdd={(added) => change([...changes, added])}
      />
      <div className="actions">
        <Button disabled={changes.length === 0} loading={busy} onClick={preview}>
          预览更正后的结果
        </Button>
      </div>
      <div aria-live="assertive">{problem && <Alert type="error" showIcon title={problem} />}</div>
      {effect && <EffectTables effect={effect} />}
      <Deliberate
        title={`提交：${title}`}
        choices={[{ value: 'send', label: title, what }]}
        reasonTitle="更正的原因"
        reasonBefore={before?.reason ?? ''}
        missing={() => {
          if (changes.length === 0) return '请先加入更正或撤销的机构';
          return effect ? undefined : '请先预览更正后的结果';
        }}
        send={(_choice, reason) => send(changes, reason)}
      />
    </section>
  );
}

interface AddChangeProps {
  cycle: WholeYear;
  lines: readonly DossierLine[];
  onAdd: (change: AgencyChange) => void;
}

function AddChange({ cycle, lines, onAdd }: AddChangeProps) {
  const [filingNumber, setFilingNumber] = useState('');
  const line = lines.find((one) => one.filingNumber === filingNumber);
  return (
    <fieldset className="correction">
      <legend>加入机构</legend>
      <label className="field">
        <span>机构</span>
        <select value={line ? filingNumber : ''} onChange={({ target }) => setFilingNumber(target.value)}>
          <option value="">请选择</option>
          {lines.map((one) => (
            <option key={one.filingNumber} value={one.filingNumber}>
              {one.name}（{one.filingNumber}，{one.score?.result}）
            </option>
          ))}
        </select>
      </label>
      {line && <Kind key={filingNumber} cycle={cycle} line={line} onAdd={onAdd} />}
    </fieldset>
  );
}

function Kind({ cycle, line, onAdd }: Omit<AddChangeProps, 'lines'> & { line: DossierLine }) {
  const [kind, setKind] = useState<AgencyChange['kind']>('correct');
  const [grounds, setGrounds] = useState('');
  const { filingNumber, score } = line;
  const mayRevoke = (score?.stars ?? 0) > 0;
  return (
    <>
      {mayRevoke &&
        (['correct', 'revoke'] as const).map((one) => (
          <label key={one} className="choice">
            <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
            <span>{one === 'correct' ? '更正事实，重新计分' : '撤销星级'}</span>
          </label>
        ))}
      {kind === 'revoke' ? (
        <>
          <label className="field">
            <span>撤销的事实和依据（将向社会公布）</span>
            <textarea
              rows={3}
              maxLength={5000}
              value={grounds}
              onChange={({ target }) => setGrounds(target.value)}
            />
          </label>
          <Button
            disabled={!grounds.trim()}
            onClick={() => onAdd({ kind: 'revoke', filingNumber, grounds: grounds.trim() })}
          >
            加入撤销
          </Button>
        </>
      ) : (
        <Facts cycle={cycle} filingNumber={filingNumber} onAdd={onAdd} />
      )}
    </>
  );
}

function Facts({ cycle, filingNumber, onAdd }: Omit<AddChangeProps, 'lines'> & { filingNumber: string }) {
  const [drafted, setDrafted] = useState<Drafted>({});
  const [problem, setProblem] = useState<string>();
  const loaded = useLoaded(
    `facts ${cycle.year} ${filingNumber}`,
    useCallback(() => readDossier(String(cycle.year), filingNumber), [cycle.year, filingNumber]),
  );
  const add = () => {
    const lacking =
      Object.keys(drafted).length === 0 ? '请选择更正的项目' : draftedProblem(cycle.rubric, drafted);
    setProblem(lacking);
    if (lacking) return;
    const corrections = Object.entries(drafted).flatMap(([item, { facts, reason }]) =>
      facts ? [{ item, facts, reason: reason.trim() }] : [],
    );
    onAdd({ kind: 'correct', filingNumber, corrections });
  };
  return (
    <Show of={loaded}>
      {(dossier) => (
        <>
          <p>选择更正的项目，填写更正后的数据和理由：</p>
          {itemsOf(cycle.rubric).map((item) => (
            <CorrectionForm key={item.code} {...{ item, dossier, drafted }} onChange={setDrafted} />
          ))}
          <div className="actions">
            <Button onClick={add}>加入更正</Button>
          </div>
          <div aria-live="assertive">{problem && <Alert type="error" showIcon title={problem} />}</div>
        </>
      )}
    </Show>
  );
}
