import { Button } from 'antd';
import { useState } from 'react';
import { type Exclusion, Settings } from '../../../shared/domain/settings.ts';
import { IN_CHINESE } from './problems.ts';
import { Saving } from './saving.tsx';

interface SettingsFormProps {
  settings: Settings;
  /** Absent: to be read only. */
  save: ((settings: Settings) => Promise<void>) | undefined;
}

const TEXTS = {
  centre: '鉴定中心名称',
  city: '城市',
  recipients: '主送',
  contact: '联系方式',
  filingReferenceMonth: '备案期满一年的计算月份（如 2022-02；不填以通知当月为准）',
} as const;

const NUMBERS = {
  selfEvaluationWorkingDays: '自评期限（工作日）',
  inspectorsPerVisit: '每家检查人数',
  recusalYears: '回避追溯年数',
  visitWorkingDays: '现场检查期限（工作日）',
  visitTolerancePercent: '督导员记录的数字相差多少须会商（%，0 为有差异即会商）',
  announcementWorkingDays: '公示期限（工作日）',
  objectionDecisionDays: '异议处理期限（日）',
  rectificationMonths: '整改期限（月）',
  figureTolerancePercent: '填报数与平台数的允许差异（%）',
  flagsForCertainVisit: '预警达到几条必查',
  scoreGapPoints: '自评高出检查得分几分预警',
} as const;

const DOCUMENTS = { notice: '通知', plan: '抽查方案', announcement: '公示', circular: '通报' } as const;

type TextName = keyof typeof TEXTS;
type NumberName = keyof typeof NUMBERS;
type DocumentName = keyof typeof DOCUMENTS;
const keysOf = <K extends string>(of: Record<K, string>) => Object.keys(of) as K[];

const TITLES: Record<string, string> = { ...TEXTS, ...NUMBERS, exclusions: '不参评机构', sampling: '抽查' };

/** What the same schema as the API's says of it. */
function problemsOf(settings: Settings): string[] {
  const parsed = Settings.safeParse(settings, IN_CHINESE);
  if (parsed.success) return [];
  return parsed.error.issues.map(
    ({ path, message }) => `${TITLES[String(path[0])] ?? String(path[0])}：${message}`,
  );
}

export function SettingsForm({ settings, save }: SettingsFormProps) {
  const [draft, setDraft] = useState<Settings>(settings);
  const set = (changes: Partial<Settings>) => setDraft({ ...draft, ...changes });
  const setText = (name: TextName, text: string) => {
    const { [name]: _before, ...others } = draft;
    setDraft((name === 'filingReferenceMonth' && !text ? others : { ...others, [name]: text }) as Settings);
  };
  const setDocument = (name: DocumentName, text: string) => {
    const { [name]: _before, ...others } = draft.documents;
    set({ documents: text ? { ...others, [name]: text } : others });
  };
  const problems = problemsOf(draft);
  const changed = JSON.stringify(draft) !== JSON.stringify(settings);
  return (
    <section aria-labelledby="settings">
      <h2 id="settings">年度设置</h2>
      <fieldset className="grid" disabled={!save}>
        <legend className="hidden">年度设置</legend>
        {keysOf(TEXTS).map((name) => (
          <Field
            key={name}
            title={TEXTS[name]}
            value={draft[name] ?? ''}
            onChange={(text) => setText(name, text)}
          />
        ))}
        {keysOf(DOCUMENTS).map((name) => (
          <Field
            key={name}
            title={`${DOCUMENTS[name]}发文字号`}
            value={draft.documents[name] ?? ''}
            onChange={(text) => setDocument(name, text)}
          />
        ))}
        {keysOf(NUMBERS).map((name: NumberName) => (
          <NumberField
            key={name}
            title={NUMBERS[name]}
            value={draft[name]}
            onChange={(n) => set({ [name]: n })}
          />
        ))}
        <NumberField
          title="每类抽查比例（%）"
          value={draft.sampling.percent}
          onChange={(percent) => set({ sampling: { ...draft.sampling, percent } })}
        />
        <NumberField
          title="抽查合计不少于（家）"
          value={draft.sampling.atLeast}
          onChange={(atLeast) => set({ sampling: { ...draft.sampling, atLeast } })}
        />
        <label className="choice">
          <input
            type="checkbox"
            checked={draft.noActivityFails}
            onChange={({ target }) => set({ noActivityFails: target.checked })}
          />
          <span>评估年度内未开展评价的，一票否决</span>
        </label>
      </fieldset>
      <Exclusions
        exclusions={draft.exclusions}
        onChange={save ? (exclusions) => set({ exclusions }) : undefined}
      />
      {save && (
        <Saving
          title="保存年度设置"
          changed={changed}
          problems={problems}
          save={() => save(Settings.parse(draft))}
        />
      )}
    </section>
  );
}

function Field(props: { title: string; value: string; onChange: (text: string) => void }) {
  return (
    <label className="field">
      <span>{props.title}</span>
      <input value={props.value} onChange={({ target }) => props.onChange(target.value)} />
    </label>
  );
}

export function NumberField(props: { title: string; value: number; onChange: (value: number) => void }) {
  return (
    <label className="field">
      <span>{props.title}</span>
      <input
        type="number"
        step="any"
        min={0}
        value={Number.isNaN(props.value) ? '' : props.value}
        onChange={({ target }) => props.onChange(target.valueAsNumber)}
      />
    </label>
  );
}

interface ExclusionsProps {
  exclusions: readonly Exclusion[];
  onChange: ((exclusions: Exclusion[]) => void) | undefined;
}

function Exclusions({ exclusions, onChange }: ExclusionsProps) {
  return (
    <fieldset disabled={!onChange}>
      <legend>不参评机构（{exclusions.length} 家，须写明原因）</legend>
      {exclusions.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what is being typed is known by its place alone
        <div key={index} className="grid">
          <Field
            title={`第 ${index + 1} 家备案号`}
            value={one.filingNumber}
            onChange={(filingNumber) => onChange?.(exclusions.with(index, { ...one, filingNumber }))}
          />
          <Field
            title={`第 ${index + 1} 家原因`}
            value={one.reason}
            onChange={(reason) => onChange?.(exclusions.with(index, { ...one, reason }))}
          />
          {onChange && (
            <Button size="small" onClick={() => onChange(exclusions.toSpliced(index, 1))}>
              删除<span className="hidden">第 {index + 1} 家</span>
            </Button>
          )}
        </div>
      ))}
      {onChange && (
        <Button size="small" onClick={() => onChange([...exclusions, { filingNumber: '', reason: '' }])}>
          增加不参评机构
        </Button>
      )}
    </fieldset>
  );
}
