import { Alert, Button } from 'antd';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import { type CircularText, SECTIONS, type SectionName } from '../../../shared/domain/narrative/figures.ts';
import { api } from '../session/api.ts';
import { usePerson } from '../session/person.ts';
import { messageOf, useLoaded } from '../ui/loading.ts';
import { Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { AnnexOrder } from './annex-order.tsx';
import { CircularPreview } from './circular-preview.tsx';
import { Contradictions } from './contradictions.tsx';
import { FiguresTable } from './figures-table.tsx';
import { type AtCircular, circularPath, Manuscript, readManuscript } from './manuscript.ts';
import { PassageEditor } from './passage-editor.tsx';
import { YearChoice } from './year-choice.tsx';
import './staff.css';

/** The circular: its text bound to the figures, numbers that contradict them marked, and the page as it will look. */
export function CircularPage() {
  return (
    <Page
      title="通报文稿"
      lead="文稿由系统按本年度数据起草，经办人可以修改文字。与数据不符的数字会标出，改正或说明理由后才能签发。"
    >
      <YearChoice
        among={({ history }) => history.some(({ type }) => type === 'circularDrafted')}
        none="还没有起草通报。公示期满、异议办结后，系统自动起草。"
      >
        {(year) => <Circular key={year} year={year} />}
      </YearChoice>
    </Page>
  );
}

function Circular({ year }: { year: number }) {
  const loaded = useLoaded(
    `circular ${year}`,
    useCallback(() => readManuscript(year), [year]),
  );
  return <Show of={loaded}>{(at) => <Written {...at} />}</Show>;
}

const NAMES = Object.keys(SECTIONS) as SectionName[];

function Written({ cycle, manuscript: first }: AtCircular) {
  const { role } = usePerson();
  const [manuscript, setManuscript] = useState(first);
  const [text, setText] = useState<CircularText>(first.text);
  const [order, setOrder] = useState<readonly string[]>();
  const [said, setSaid] = useState<{ type: 'success' | 'error'; text: string }>();
  const [busy, setBusy] = useState(false);
  const mayEdit = role === 'handler' && cycle.gate?.gate === 'prepareCircular';
  const changed = order !== undefined || JSON.stringify(text) !== JSON.stringify(manuscript.text);

  const save = async () => {
    setBusy(true);
    try {
      const body = { text, ...(order && { annexOrder: order }) };
      const saved = await api.put(circularPath(cycle.year), body, Manuscript);
      setManuscript(saved);
      setText(saved.text);
      setOrder(undefined);
      setSaid({ type: 'success', text: '文稿已保存，修改计入办理记录。' });
    } catch (error) {
      setSaid({ type: 'error', text: messageOf(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <FiguresTable figures={manuscript.figures} />
      {NAMES.map((section) => (
        <PassageEditor
          key={section}
          section={section}
          passages={text[section]}
          drafted={manuscript.drafted[section]}
          figures={manuscript.figures}
          onChange={mayEdit ? (passages) => setText({ ...text, [section]: passages }) : undefined}
        />
      ))}
      <AnnexOrder annex={manuscript.annex} order={order} onChange={mayEdit ? setOrder : undefined} />
      <div aria-live="polite">{said && <Alert type={said.type} showIcon title={said.text} />}</div>
      {mayEdit && (
        <div className="actions">
          <Button type="primary" disabled={!changed} loading={busy} onClick={save}>
            保存文稿
          </Button>
          <span role="status">{changed ? '有未保存的修改' : '没有未保存的修改'}</span>
        </div>
      )}
      <Contradictions manuscript={manuscript} mayExplain={mayEdit && !changed} onExplained={setManuscript} />
      <CircularPreview cycle={cycle} manuscript={{ ...manuscript, text }} />
      {cycle.gate && (
        <p>
          <Link to={`/work/gates/${cycle.year}/${cycle.gate.gate}`}>前往当前环节办理</Link>
        </p>
      )}
    </>
  );
}
