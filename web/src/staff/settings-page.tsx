import { Alert } from 'antd';
import { useCallback, useState } from 'react';
import * as z from 'zod/mini';
import { api } from '../session/api.ts';
import { usePerson } from '../session/person.ts';
import { chinaYear } from '../ui/dates.ts';
import { useLoaded } from '../ui/loading.ts';
import { Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { readYear, type WholeYear } from './cycle.ts';
import { Deliberate } from './deliberate.tsx';
import { InspectorsForm } from './inspectors-form.tsx';
import { RubricEditor } from './rubric-editor.tsx';
import { SettingsForm } from './settings-form.tsx';
import { YearChoice } from './year-choice.tsx';
import './staff.css';

/** A year's settings, inspectors and rubric: changed by a handler until the notice is approved, read by all. */
export function SettingsPage() {
  const { role } = usePerson();
  return (
    <Page title="评估设置" lead="评估设置和评分标准在通知发布前可以修改，通知发布后不再修改。">
      {role === 'handler' && <NewYear />}
      <YearChoice none="还没有启动过年度评估。启动后在这里设置。">
        {(year) => <Year key={year} year={year} />}
      </YearChoice>
    </Page>
  );
}

function NewYear() {
  const [year, setYear] = useState(String(chinaYear() - 1));
  const [done, setDone] = useState<string>();
  const start = async () => {
    await api.post('/cycles', { year: Number(year) }, z.unknown());
    setDone(`${year} 年度评估已启动，请重新打开本页面进行设置。`);
  };
  if (done) return <Alert type="success" showIcon title={done} />;
  return (
    <details>
      <summary>启动新的评估年度</summary>
      <Deliberate
        title="启动评估年度"
        choices={[{ value: 'start', label: '启动', what: '按默认设置建立年度评估，并进入拟定评估通知环节' }]}
        reasonTitle={false}
        missing={() => (/^20\d{2}$/.test(year) ? undefined : '请填写四位数的年度')}
        send={start}
      >
        {() => (
          <label className="field">
            <span>评估年度</span>
            <input inputMode="numeric" value={year} onChange={({ target }) => setYear(target.value)} />
          </label>
        )}
      </Deliberate>
    </details>
  );
}

function Year({ year }: { year: number }) {
  const [round, setRound] = useState(0);
  const [done, setDone] = useState<string>();
  const loaded = useLoaded(
    `settings ${year} ${round}`,
    useCallback(() => readYear(year), [year]),
  );
  const again = (said: string) => {
    setDone(said);
    setRound((count) => count + 1);
  };
  return (
    <>
      <div aria-live="polite">{done && <Alert type="success" showIcon title={done} />}</div>
      <Show of={loaded}>{(cycle) => <Forms cycle={cycle} onSaved={again} />}</Show>
    </>
  );
}

const isFrozen = ({ history }: WholeYear) =>
  history.some(
    ({ type, data }) => type === 'gateDecided' && data.gate === 'approveNotice' && data.verdict === 'approve',
  );

function Forms({ cycle, onSaved }: { cycle: WholeYear; onSaved: (said: string) => void }) {
  const { role } = usePerson();
  const { year, settings, inspectors, rubric } = cycle;
  const open = role === 'handler' && cycle.status === 'open';
  const mayChange = open && !isFrozen(cycle);
  const put = async (what: string, body: unknown, said: string) => {
    await api.put(`/cycles/${year}/${what}`, body, z.unknown());
    onSaved(said);
  };
  return (
    <>
      <SettingsForm
        settings={settings}
        save={mayChange ? (next) => put('settings', next, '评估设置已保存。') : undefined}
      />
      <InspectorsForm
        inspectors={inspectors}
        save={open ? (next) => put('inspectors', next, '督导员名单已保存。') : undefined}
      />
      <RubricEditor
        rubric={rubric}
        save={mayChange ? (next) => put('rubric', next, '评分标准已保存。') : undefined}
      />
    </>
  );
}
