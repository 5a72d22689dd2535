import { Alert, Button } from 'antd';
import { useState } from 'react';
import { api } from '../session/api.ts';
import { messageOf } from '../ui/loading.ts';
import { circularPath, Manuscript } from './manuscript.ts';

type Contradicting = Manuscript['contradictions'][number];

interface ContradictionsProps {
  manuscript: Manuscript;
  mayExplain: boolean;
  onExplained: (manuscript: Manuscript) => void;
}

/** Numbers of the saved text that contradict the data, and why some of them stay. */
export function Contradictions({ manuscript, mayExplain, onExplained }: ContradictionsProps) {
  const { contradictions, year } = manuscript;
  const open = contradictions.filter(({ explained }) => !explained).length;
  return (
    <section aria-labelledby="contradictions">
      <h2 id="contradictions">与数据不符的数字</h2>
      {contradictions.length === 0 ? (
        <Alert type="success" showIcon title="已保存的文稿中，没有与数据不符的数字" />
      ) : (
        <p>
          共 {contradictions.length} 处，其中未说明 {open} 处。
          {open > 0 && '改正或说明理由后才能送签和签发。'}
        </p>
      )}
      {contradictions.map((one) => (
        <article key={one.sentence + one.found} className="request">
          <p>{one.explanation}</p>
          <p>原句：{one.sentence}</p>
          {one.explained ? (
            <p>
              保留理由（{one.explained.by}）：{one.explained.reason}
            </p>
          ) : (
            mayExplain && <Explain year={year} of={one} onExplained={onExplained} />
          )}
        </article>
      ))}
    </section>
  );
}

interface ExplainProps {
  year: number;
  of: Contradicting;
  onExplained: (manuscript: Manuscript) => void;
}

function Explain({ year, of: { sentence, found }, onExplained }: ExplainProps) {
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const explain = async () => {
    setBusy(true);
    try {
      const body = { sentence, found, reason };
      onExplained(await api.post(`${circularPath(year)}/explanations`, body, Manuscript));
    } catch (error) {
      setProblem(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <>
      <label className="field">
        <span>保留“{found}”的理由</span>
        <textarea rows={2} value={reason} onChange={({ target }) => setReason(target.value)} />
      </label>
      {problem && <Alert type="error" showIcon title={problem} />}
      <Button size="small" disabled={!reason.trim()} loading={busy} onClick={explain}>
        说明理由并保留
      </Button>
    </>
  );
}
