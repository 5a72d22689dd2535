import { Button } from 'antd';
import { useState } from 'react';
import type { Facts } from '../../../shared/domain/facts.ts';
import { itemsOf, Rubric } from '../../../shared/domain/rubric.ts';
import { scoreAgency } from '../../../shared/domain/score.ts';
import { IN_CHINESE } from './problems.ts';
import { moved, withItem, withPart } from './rubric-changes.ts';
import { BonusList, StarBands, VetoList } from './rubric-lists.tsx';
import { type PartEdit, RubricPart } from './rubric-part.tsx';
import { RubricSources } from './rubric-sources.tsx';
import { Saving } from './saving.tsx';

interface RubricEditorProps {
  rubric: Rubric;
  /** Absent: to be read only. */
  save: ((rubric: Rubric) => Promise<void>) | undefined;
}

export type Trial = Readonly<Record<string, Facts | undefined>>;

/** The same schema as the API's, on every change. */
function problemsOf(rubric: Rubric): string[] {
  const parsed = Rubric.safeParse(rubric, IN_CHINESE);
  if (parsed.success) return [];
  return [...new Set(parsed.error.issues.map(({ path, message }) => `${placeOf(rubric, path)}${message}`))];
}

function placeOf(rubric: Rubric, path: readonly PropertyKey[]): string {
  const [list, at, inPart, item] = path;
  switch (list) {
    case 'parts': {
      const part = rubric.parts[Number(at)];
      const found = part?.items[Number(item)];
      if (found) return path.length > 4 ? `${found.code}：` : '';
      return part && inPart === 'title' ? `${part.code} 部分：` : '';
    }
    case 'bonus':
      return `加分${rubric.bonus.items[Number(inPart)]?.code ?? '上限'}：`;
    case 'vetoes':
      return `一票否决${rubric.vetoes[Number(at)]?.code ?? ''}：`;
    case 'stars':
      return at === undefined ? '' : `星级第 ${Number(at) + 1} 档：`;
    case 'measures':
      return '统计口径：';
    case 'version':
      return '版本：';
    default:
      return '';
  }
}

/** The rubric item by item, and what facts that are tried out would earn by it: scored by the function that scores agencies. */
export function RubricEditor({ rubric, save }: RubricEditorProps) {
  const [draft, setDraft] = useState<Rubric>(rubric);
  const [trial, setTrial] = useState<Trial>({});
  const [bonus, setBonus] = useState<Readonly<Record<string, number>>>({});
  const problems = problemsOf(draft);
  const total = itemsOf(draft).reduce((sum, { points }) => sum + (points || 0), 0);
  const setParts = (parts: Rubric['parts']) => setDraft({ ...draft, parts });
  const editOf = (index: number): PartEdit => ({
    change: (part) => setParts(draft.parts.with(index, part)),
    addItem: (kind) => setDraft(withItem(draft, index, kind)),
    move: (by) => setParts(moved(draft.parts, index, by)),
    remove: draft.parts.length > 1 ? () => setParts(draft.parts.toSpliced(index, 1)) : undefined,
  });
  return (
    <section aria-labelledby="rubric">
      <h2 id="rubric">评分标准（合计 {Math.round(total * 1000) / 1000} 分）</h2>
      <label className="field">
        <span>版本</span>
        <input
          value={draft.version}
          disabled={!save}
          onChange={({ target }) => setDraft({ ...draft, version: target.value })}
        />
      </label>
      {draft.parts.map((part, index) => (
        <RubricPart
          key={part.code}
          part={part}
          trial={trial}
          onTry={(code, facts) => setTrial({ ...trial, [code]: facts })}
          edit={save && editOf(index)}
        />
      ))}
      {save && <Button onClick={() => setDraft(withPart(draft))}>增加一个部分</Button>}
      <StarBands rubric={draft} onChange={save && setDraft} />
      <BonusList
        rubric={draft}
        onChange={save && setDraft}
        trial={bonus}
        onTry={(code, count) => setBonus({ ...bonus, [code]: count })}
      />
      <VetoList rubric={draft} onChange={save && setDraft} />
      <RubricSources rubric={draft} onChange={save && setDraft} />
      <TrialScore rubric={draft} trial={trial} bonus={bonus} isSound={problems.length === 0} />
      {save && (
        <Saving
          title="保存评分标准"
          changed={JSON.stringify(draft) !== JSON.stringify(rubric)}
          problems={problems}
          save={() => save(Rubric.parse(draft))}
        />
      )}
    </section>
  );
}

interface TrialScoreProps {
  rubric: Rubric;
  trial: Trial;
  bonus: Readonly<Record<string, number>>;
  isSound: boolean;
}

function TrialScore({ rubric, trial, bonus, isSound }: TrialScoreProps) {
  const there = new Set(itemsOf(rubric).map(({ code }) => code));
  const items = Object.fromEntries(
    Object.entries(trial).flatMap(([code, facts]) => (facts && there.has(code) ? [[code, { facts }]] : [])),
  );
  const claimed = Object.fromEntries(
    rubric.bonus.items.flatMap(({ code }) => (bonus[code] ? [[code, { count: bonus[code] }]] : [])),
  );
  const filled = Object.keys(items).length;
  if (!isSound || filled === 0) return <p>在各项目下填写试算数据，这里显示按本标准计出的总分和星级。</p>;
  const sheet = scoreAgency({
    rubric,
    answers: { items, bonus: claimed },
    source: 'inspection',
    filed: true,
    notApplicable: [],
    vetoCases: [],
    noActivityFails: false,
  });
  return (
    <p role="status" className="trial">
      试算：已填 {filled} 项，得 {sheet.earned} 分，加 {sheet.bonus.points} 分
      {sheet.bonus.note && `（${sheet.bonus.note}）`}，总分 <b>{sheet.total}</b> 分，
      {sheet.result}。未填的项目按 0 分计。
    </p>
  );
}
