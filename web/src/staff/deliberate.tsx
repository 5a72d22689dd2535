import { Alert, Button, Modal } from 'antd';
import { type ReactNode, useId, useRef, useState } from 'react';
import { messageOf } from '../ui/loading.ts';

export interface Choice<C extends string> {
  value: C;
  label: string;
  /** What will happen. */
  what: string;
  /** To be typed before it is sent: for what cannot be taken back. */
  typed?: string;
}

interface DeliberateProps<C extends string> {
  title: string;
  choices: readonly Choice<C>[];
  /** False: there is nothing to explain. */
  reasonTitle?: string | false;
  /** The reason as it was given before, to be gone on with. */
  reasonBefore?: string;
  /** What must be filled in besides, for the choice that was made. */
  children?: (choice: C) => ReactNode;
  /** Why it cannot be sent yet, if it cannot. */
  missing?: (choice: C) => string | undefined;
  send: (choice: C, reason: string) => Promise<void>;
}

/**
 * A signed decision, taken on purpose: one of a few choices, each with what follows from it; a reason; a confirmation of
 * having read it; and a last question. However often the last button is pressed, it is sent once.
 */
export function Deliberate<C extends string>(props: DeliberateProps<C>) {
  const { title, choices, reasonTitle = '理由', reasonBefore = '', children, missing, send } = props;
  const id = useId();
  const only = choices.length === 1 ? choices[0]?.value : undefined;
  const [value, setValue] = useState<C | undefined>(only);
  const [reason, setReason] = useState(reasonBefore);
  const [read, setRead] = useState(false);
  const [typed, setTyped] = useState('');
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const sent = useRef(false);
  const choice = choices.find((one) => one.value === value);

  const ask = () => {
    const lacking =
      lackOf(choice, reasonTitle === false || reason.trim() !== '', read, typed) ??
      (choice && missing?.(choice.value));
    setProblem(lacking);
    if (!lacking) setAsking(true);
  };
  const confirm = async () => {
    if (!choice || sent.current) return;
    sent.current = true;
    setBusy(true);
    try {
      await send(choice.value, reason.trim());
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      sent.current = false;
      setBusy(false);
      setAsking(false);
    }
  };
  return (
    <section className="decision" aria-labelledby={`${id}title`}>
      <h2 id={`${id}title`}>{title}</h2>
      {choices.length > 1 && (
        <fieldset>
          <legend>办理意见</legend>
          {choices.map((one) => (
            <label key={one.value} className="choice">
              <input
                type="radio"
                name={`${id}choice`}
                checked={value === one.value}
                onChange={() => {
                  setValue(one.value);
                  setRead(false);
                }}
              />
              <span>
                {one.label}
                <small>{one.what}</small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {choice && choices.length === 1 && <p>办理后：{choice.what}。</p>}
      {choice && children?.(choice.value)}
      {reasonTitle !== false && (
        <label className="field">
          <span>{reasonTitle}（必填，计入签名记录）</span>
          <textarea
            rows={3}
            maxLength={5000}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
      )}
      {choice?.typed && (
        <label className="field">
          <span>此项办理不能撤回。请输入“{choice.typed}”确认</span>
          <input value={typed} onChange={({ target }) => setTyped(target.value)} autoComplete="off" />
        </label>
      )}
      <label className="choice">
        <input type="checkbox" checked={read} onChange={({ target }) => setRead(target.checked)} />
        <span>我已核对以上内容，由本人作出此项决定并签名</span>
      </label>
      <div aria-live="assertive">{problem && <Alert type="error" showIcon title={problem} />}</div>
      <div className="actions">
        <Button type="primary" onClick={ask}>
          {choice ? `提交：${choice.label}` : '提交'}
        </Button>
      </div>
      <Modal
        open={asking}
        title={choice && `确认${choice.label}`}
        okText={`确认${choice?.label ?? ''}`}
        cancelText="再看一看"
        okButtonProps={{ loading: busy }}
        cancelButtonProps={{ disabled: busy }}
        closable={!busy}
        maskClosable={false}
        onOk={confirm}
        onCancel={() => setAsking(false)}
      >
        <p>确认后将：{choice?.what}。</p>
        {reasonTitle !== false && <p>理由：{reason}</p>}
      </Modal>
    </section>
  );
}

function lackOf<C extends string>(
  choice: Choice<C> | undefined,
  isExplained: boolean,
  read: boolean,
  typed: string,
): string | undefined {
  if (!choice) return '请先选择办理意见';
  if (!isExplained) return '请写明理由';
  if (choice.typed && typed.trim() !== choice.typed) return `请输入“${choice.typed}”确认`;
  return read ? undefined : '请勾选确认已核对以上内容';
}
