/** What the agency says against its score, and what became of it. */
import { Alert, Button, Modal } from 'antd';
import { useRef, useState } from 'react';
import { api } from '../session/api.ts';
import { printedInstant } from '../ui/dates.ts';
import { messageOf } from '../ui/loading.ts';
import {
  DossierView as DossierSchema,
  type DossierView,
  dossierPath,
  type Own,
  type Score,
} from './dossier.ts';
import { EvidenceBox } from './evidence-box.tsx';
import { TextField } from './item-fields.tsx';
import { useEvidence } from './use-evidence.ts';

const VERDICTS = { upheld: '异议成立', rejected: '异议不成立' } as const;

export function Objections({ objections }: Pick<DossierView, 'objections'>) {
  if (objections.length === 0) return null;
  return (
    <section aria-labelledby="objections">
      <h2 id="objections">异议和处理决定</h2>
      {objections.map(({ id, items, reason, raisedAt, verdict, decision }) => (
        <dl key={id} className="facts">
          <div>
            <dt>提出时间</dt>
            <dd>{printedInstant(raisedAt)}</dd>
          </div>
          <div>
            <dt>项目和理由</dt>
            <dd>
              {items.join('、')}：{reason}
            </dd>
          </div>
          <div>
            <dt>处理决定</dt>
            <dd>{verdict ? `${VERDICTS[verdict]}：${decision ?? ''}` : '正在处理，决定作出后会发送消息'}</dd>
          </div>
        </dl>
      ))}
    </section>
  );
}

const PLACE = '异议';

/** Names the items, says why, adds evidence, and asks once more before it is filed. */
export function RaiseObjection(props: {
  own: Own;
  score: Score;
  types: Record<string, number>;
  deadline: string | null;
  onRaised: () => void;
}) {
  const { own, score, types, deadline, onRaised } = props;
  const [items, setItems] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { kept, underWay, box } = useEvidence(own, types);
  const filing = useRef(false);
  const ready = items.length > 0 && reason.trim() !== '' && underWay === 0;
  const raise = async () => {
    if (filing.current) return;
    filing.current = true;
    setBusy(true);
    try {
      const body = { items, reason: reason.trim(), evidence: kept[PLACE] ?? [] };
      await api.post(`${dossierPath(own)}/objections`, body, DossierSchema);
      onRaised();
    } catch (error) {
      setProblem(messageOf(error));
      setAsking(false);
      setBusy(false);
      filing.current = false;
    }
  };
  return (
    <section aria-labelledby="raise" className="raise">
      <h2 id="raise">提出异议</h2>
      <p>
        对拟定星级有异议的，请{deadline && <>在 {printedInstant(deadline)} 前</>}
        选择项目、写明理由并提交证明材料，由未参加本机构检查的负责人书面答复。没有异议的，无需办理。
      </p>
      <fieldset>
        <legend>有异议的项目</legend>
        <div className="choices">
          {score.items.map(({ code, title, earned, possible }) => (
            <label key={code} className="choice">
              <input
                type="checkbox"
                checked={items.includes(code)}
                onChange={({ target }) =>
                  setItems(target.checked ? [...items, code] : items.filter((one) => one !== code))
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
      <TextField
        label="异议理由"
        hint="写明实际情况、依据和请求"
        rows={4}
        value={reason}
        onChange={setReason}
      />
      <EvidenceBox {...box(PLACE)} required={false} />
      {problem && <Alert type="error" showIcon title={problem} />}
      {!ready && <p className="hint">选择项目、写明理由，文件上传完成后才能提出。</p>}
      <Button type="primary" disabled={!ready} onClick={() => setAsking(true)}>
        提出异议
      </Button>
      <Modal
        open={asking}
        title="确认提出异议"
        okText="确认提出"
        cancelText="再检查一下"
        confirmLoading={busy}
        onOk={raise}
        onCancel={() => setAsking(false)}
      >
        <p>对 {items.join('、')} 提出异议。提出后不能撤回或修改，处理决定将书面答复并发送消息。</p>
      </Modal>
    </section>
  );
}
