/** Who comes to inspect, as the published plan says, and asking that somebody of them keeps away. */
import { Alert, Button, Modal } from 'antd';
import { useCallback, useId, useState } from 'react';
import * as z from 'zod/mini';
import { readSnapshot } from '../public/snapshots.ts';
import { api } from '../session/api.ts';
import { useLoaded } from '../ui/loading.ts';
import { type DossierView, dossierPath, type Own } from './dossier.ts';
import { TextField } from './item-fields.tsx';
import { useFiling } from './speak.tsx';

interface InspectorsProps {
  own: Own;
  dossier: DossierView;
  onChanged: () => void;
}

async function readNames(year: number): Promise<Map<string, string>> {
  const { inspectors } = await readSnapshot(year, 'draw');
  return new Map(inspectors.map(({ id, name }) => [id, name]));
}

/** Nothing before the plan is published and once the visit is over. */
export function Inspectors(props: InspectorsProps) {
  const { inspectors, status } = props.dossier;
  return status === 'visiting' && inspectors.length > 0 ? <Coming {...props} /> : null;
}

function Coming({ own, dossier, onChanged }: InspectorsProps) {
  const { inspectors, recusals } = dossier;
  const names = useLoaded(
    `inspectors ${own.year}`,
    useCallback(() => readNames(own.year), [own.year]),
  );
  const nameOf = (id: string) => (names.state === 'ready' ? (names.value.get(id) ?? id) : id);
  const open = inspectors.filter((id) => recusals.every(({ inspector }) => inspector !== id));
  return (
    <section aria-labelledby="inspectors">
      <h2 id="inspectors">现场检查人员</h2>
      <p>抽签确定的检查人员：{inspectors.map(nameOf).join('、')}。</p>
      {recusals.length > 0 && (
        <ul>
          {recusals.map(({ inspector, reason, granted, decision }) => (
            <li key={inspector}>
              申请{nameOf(inspector)}回避（{reason}）：
              {granted === undefined ? '等待负责人决定' : granted ? '同意' : '不同意'}
              {decision && `，${decision}`}
            </li>
          ))}
        </ul>
      )}
      {open.length > 0 && <Ask own={own} inspectors={open} nameOf={nameOf} onAsked={onChanged} />}
    </section>
  );
}

interface AskProps {
  own: Own;
  inspectors: readonly string[];
  nameOf: (id: string) => string;
  onAsked: () => void;
}

function Ask({ own, inspectors, nameOf, onAsked }: AskProps) {
  const group = useId();
  const [whom, setWhom] = useState<string>();
  const [reason, setReason] = useState('');
  const [asking, setAsking] = useState(false);
  const filing = useFiling(
    async () => {
      const body = { inspector: whom, reason: reason.trim() };
      await api.post(`${dossierPath(own)}/recusal-requests`, body, z.unknown());
      onAsked();
    },
    () => setAsking(false),
  );
  return (
    <details>
      <summary>申请检查人员回避</summary>
      <p>检查人员与本机构有利害关系、可能影响公正检查的，可以申请其回避，由负责人决定。</p>
      <fieldset>
        <legend>申请回避的人员</legend>
        {inspectors.map((id) => (
          <label key={id} className="choice">
            <input type="radio" name={group} checked={whom === id} onChange={() => setWhom(id)} />
            <span>{nameOf(id)}</span>
          </label>
        ))}
      </fieldset>
      <TextField label="申请回避的理由" hint="写明利害关系的具体情况" value={reason} onChange={setReason} />
      {filing.problem && <Alert type="error" showIcon title={filing.problem} />}
      <Button disabled={!whom || reason.trim() === ''} onClick={() => setAsking(true)}>
        申请回避
      </Button>
      <Modal
        open={asking}
        title="确认申请回避"
        okText="确认提交"
        cancelText="再看一下"
        confirmLoading={filing.busy}
        onOk={filing.file}
        onCancel={() => setAsking(false)}
      >
        <p>申请{whom && nameOf(whom)}回避。提交后不能撤回，决定前该人员不得检查本机构。</p>
      </Modal>
    </details>
  );
}
