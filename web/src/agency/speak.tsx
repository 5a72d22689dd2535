/** The agency speaks: it names items where that is asked, says why, adds evidence, and is asked once more before it is filed. */
import { Alert, Button, Modal } from 'antd';
import { useId, useRef, useState } from 'react';
import { api } from '../session/api.ts';
import { messageOf } from '../ui/loading.ts';
import { DossierView, dossierPath, type Own, type Score } from './dossier.ts';
import { EvidenceBox } from './evidence-box.tsx';
import { TextField } from './item-fields.tsx';
import { useEvidence } from './use-evidence.ts';

interface SpeakProps {
  own: Own;
  /** The act of the dossier that files it. */
  act: string;
  title: string;
  about: string;
  reasonLabel: string;
  /** What follows from filing it. */
  warning: string;
  types: Record<string, number>;
  onFiled: () => void;
  /** Items to choose from; absent: the matter is known already. */
  score?: Score;
  /** What is filed beside the words: which matter it is. */
  more?: Record<string, string>;
}

export function Speak(props: SpeakProps) {
  const { own, act, title, about, reasonLabel, warning, types, onFiled, score, more } = props;
  const heading = useId();
  const [items, setItems] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const [asking, setAsking] = useState(false);
  const { kept, underWay, box } = useEvidence(own, types);
  const ready = (!score || items.length > 0) && reason.trim() !== '' && underWay === 0;
  const evidence = kept[title] ?? [];
  const filing = useFiling(
    async () => {
      const body = { ...more, ...(score && { items }), reason: reason.trim(), evidence };
      await api.post(`${dossierPath(own)}/${act}`, body, DossierView);
      onFiled();
    },
    () => setAsking(false),
  );
  return (
    <section aria-labelledby={heading} className="raise">
      <h2 id={heading}>{title}</h2>
      <p>{about}</p>
      {score && <ItemChoice score={score} items={items} onChange={setItems} />}
      <TextField
        label={reasonLabel}
        hint="写明实际情况、依据和请求"
        rows={4}
        value={reason}
        onChange={setReason}
      />
      <EvidenceBox {...box(title)} required={false} />
      {filing.problem && <Alert type="error" showIcon title={filing.problem} />}
      {!ready && <p className="hint">{score && '选择项目、'}写明理由，文件上传完成后才能提交。</p>}
      <Button type="primary" disabled={!ready} onClick={() => setAsking(true)}>
        {title}
      </Button>
      <Modal
        open={asking}
        title={`确认${title}`}
        okText="确认提交"
        cancelText="再检查一下"
        confirmLoading={filing.busy}
        onOk={filing.file}
        onCancel={() => setAsking(false)}
      >
        <p>
          {score && `涉及项目：${items.join('、')}。`}
          {warning}
        </p>
      </Modal>
    </section>
  );
}

function ItemChoice(props: { score: Score; items: string[]; onChange: (items: string[]) => void }) {
  const { score, items, onChange } = props;
  return (
    <fieldset>
      <legend>涉及的项目</legend>
      <div className="choices">
        {score.items.map(({ code, title, earned, possible }) => (
          <label key={code} className="choice">
            <input
              type="checkbox"
              checked={items.includes(code)}
              onChange={({ target }) =>
                onChange(target.checked ? [...items, code] : items.filter((one) => one !== code))
              }
            />
            <span>
              {code} {title}
            </span>
            <small>
              {earned} / {possible}
            </small>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** One filing, however often it is clicked; a refused one may be tried again. */
export function useFiling(work: () => Promise<void>, onRefused: () => void) {
  const under = useRef(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const file = async () => {
    if (under.current) return;
    under.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(messageOf(error));
      onRefused();
      under.current = false;
      setBusy(false);
    }
  };
  return { file, busy, problem };
}

/** The draft result is accepted as it is. */
export function AcceptDraft({ own, onFiled }: { own: Own; onFiled: () => void }) {
  const [asking, setAsking] = useState(false);
  const filing = useFiling(
    async () => {
      await api.post(`${dossierPath(own)}/draft-result-acceptance`, {}, DossierView);
      onFiled();
    },
    () => setAsking(false),
  );
  return (
    <>
      {filing.problem && <Alert type="error" showIcon title={filing.problem} />}
      <Button onClick={() => setAsking(true)}>对初评结果没有意见</Button>
      <Modal
        open={asking}
        title="确认初评结果"
        okText="确认没有意见"
        cancelText="再看一下"
        confirmLoading={filing.busy}
        onOk={filing.file}
        onCancel={() => setAsking(false)}
      >
        <p>确认后不能再对初评结果陈述申辩；公示期间仍可提出异议。</p>
      </Modal>
    </>
  );
}
