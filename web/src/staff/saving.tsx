import { Alert, Button } from 'antd';
import { useState } from 'react';
import { messageOf } from '../ui/loading.ts';

interface SavingProps {
  title: string;
  changed: boolean;
  /** Why what is typed cannot be saved, by the rules that the API applies too. */
  problems: readonly string[];
  save: () => Promise<void>;
}

/** The foot of a form: what is wrong with it, and the button that saves it. */
export function Saving({ title, changed, problems, save }: SavingProps) {
  const [failed, setFailed] = useState<string>();
  const [busy, setBusy] = useState(false);
  const press = async () => {
    setBusy(true);
    setFailed(undefined);
    try {
      await save();
    } catch (error) {
      setFailed(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div aria-live="polite">
        {problems.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={`有 ${problems.length} 处需要改正`}
            description={problems.slice(0, 10).join('；')}
          />
        )}
        {failed && <Alert type="error" showIcon title={failed} />}
      </div>
      <div className="actions">
        <Button type="primary" disabled={!changed || problems.length > 0} loading={busy} onClick={press}>
          {title}
        </Button>
        <span role="status">{changed ? '有未保存的修改' : '没有未保存的修改'}</span>
      </div>
    </>
  );
}
