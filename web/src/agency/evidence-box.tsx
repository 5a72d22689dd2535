/** Evidence 佐证材料 of one item: files that are kept, files on their way, and the place to drop more. */
import { Button, Progress } from 'antd';
import { useId, useState } from 'react';
import type { EvidenceRef } from '../../../shared/domain/facts.ts';
import { printedDate } from '../ui/dates.ts';
import { FilePreview } from '../ui/file-preview.tsx';
import { dossierPath, type Own } from './dossier.ts';
import { TRANSFER_STATES, type Transfer, type TransferState, type Uploads } from './uploads.ts';

interface EvidenceProps {
  own: Own;
  /** The item or bonus that the files are for. */
  place: string;
  evidence: readonly EvidenceRef[];
  /** Files of other items, to be used here too. */
  others: readonly EvidenceRef[];
  required: boolean;
  uploads: Uploads;
  transfers: readonly Transfer[];
  onChange: (evidence: EvidenceRef[]) => void;
}

export function EvidenceBox(props: EvidenceProps) {
  const { own, place, evidence, others, required, uploads, transfers, onChange } = props;
  const [shown, setShown] = useState<EvidenceRef>();
  const heading = useId();
  return (
    <section className="evidence" aria-labelledby={heading}>
      <h4 id={heading}>
        佐证材料{required ? '' : '（选交）'}
        {required && evidence.length === 0 && <span className="caution">未提供前本项按 0 分计</span>}
      </h4>
      {evidence.length > 0 && (
        <ul className="files">
          {evidence.map((file) => (
            <li key={file.id}>
              <button type="button" className="link" onClick={() => setShown(file)}>
                {file.fileName}
              </button>
              <small>形成日期 {printedDate(file.effectiveOn)}</small>
              <Button
                size="small"
                type="text"
                aria-label={`从本项移除《${file.fileName}》`}
                onClick={() => onChange(evidence.filter(({ id }) => id !== file.id))}
              >
                移除
              </Button>
            </li>
          ))}
        </ul>
      )}
      {transfers.length > 0 && (
        <ul className="transfers" aria-label="上传中的文件">
          {transfers.map((transfer) => (
            <TransferLine key={transfer.key} transfer={transfer} uploads={uploads} />
          ))}
        </ul>
      )}
      <Drop place={place} onFiles={(files) => uploads.add(place, files)} />
      <Reuse others={others} onChoose={(file) => onChange([...evidence, file])} />
      {shown && (
        <FilePreview
          path={`${dossierPath(own)}/uploads/${shown.id}/file`}
          fileName={shown.fileName}
          onClose={() => setShown(undefined)}
        />
      )}
    </section>
  );
}

const GOING: readonly TransferState[] = ['queued', 'hashing', 'sending'];
const WAITING: readonly TransferState[] = ['paused', 'cut', 'scanning'];

function TransferLine({ transfer, uploads }: { transfer: Transfer; uploads: Uploads }) {
  const { key, file, effectiveOn, state, progress, message } = transfer;
  const date = useId();
  return (
    <li className={state}>
      <span className="name">{file.name}</span>
      {(state === 'needsDate' || (state === 'failed' && effectiveOn !== '')) && (
        <label htmlFor={date}>
          形成日期
          <input
            id={date}
            type="date"
            value={effectiveOn}
            onChange={({ target }) => uploads.date(key, target.value)}
          />
        </label>
      )}
      <span role="status" className="told">
        {message ?? TRANSFER_STATES[state]}
      </span>
      {(state === 'sending' || state === 'paused' || state === 'cut') && (
        <Progress percent={Math.floor(progress * 100)} size="small" aria-label={`《${file.name}》的进度`} />
      )}
      <span className="acts">
        {GOING.includes(state) && (
          <Button size="small" onClick={() => uploads.pause(key)}>
            暂停
          </Button>
        )}
        {WAITING.includes(state) && (
          <Button size="small" type="primary" onClick={() => uploads.resume(key)}>
            {state === 'scanning' ? '再次确认' : '继续'}
          </Button>
        )}
        {state !== 'checking' && (
          <Button size="small" type="text" onClick={() => uploads.drop(key)}>
            取消
          </Button>
        )}
      </span>
    </li>
  );
}

function Drop({ place, onFiles }: { place: string; onFiles: (files: File[]) => void }) {
  const [over, setOver] = useState(false);
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={over ? 'drop small over' : 'drop small'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <span>
        把文件拖到这里，或点击选择<span className="hidden">（{place}）</span>
      </span>
      <small>可一次选择多个；填写形成日期后自动上传</small>
      <input
        id={id}
        type="file"
        multiple
        className="hidden"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          target.value = '';
        }}
      />
    </label>
  );
}

function Reuse({
  others,
  onChoose,
}: {
  others: readonly EvidenceRef[];
  onChoose: (file: EvidenceRef) => void;
}) {
  const id = useId();
  if (others.length === 0) return null;
  return (
    <label htmlFor={id} className="reuse">
      选用其他项目的材料
      <select
        id={id}
        value=""
        onChange={({ target }) => {
          const file = others.find((one) => one.id === target.value);
          if (file) onChoose(file);
        }}
      >
        <option value="">请选择</option>
        {others.map((file) => (
          <option key={file.id} value={file.id}>
            {file.fileName}（{printedDate(file.effectiveOn)}）
          </option>
        ))}
      </select>
    </label>
  );
}
