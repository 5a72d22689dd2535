import { Button } from 'antd';
import { useState } from 'react';
import * as z from 'zod/mini';
import { Inspector } from '../../../shared/domain/settings.ts';
import { Empty } from '../ui/page.tsx';
import { Saving } from './saving.tsx';

interface InspectorsFormProps {
  inspectors: readonly Inspector[];
  /** Absent: to be read only. */
  save: ((inspectors: Inspector[]) => Promise<void>) | undefined;
}

/** One line each: `Y000034040001 配偶在该机构任职`. */
const printed = ({ recusals }: Inspector) =>
  recusals.map(({ filingNumber, reason }) => `${filingNumber} ${reason}`).join('\n');

function readRecusals(text: string): Inspector['recusals'] {
  return text.split('\n').flatMap((line) => {
    const [filingNumber = '', ...words] = line.trim().split(/\s+/);
    return filingNumber ? [{ filingNumber, reason: words.join(' ') }] : [];
  });
}

interface Line {
  inspector: Inspector;
  recusals: string;
}

const inspectorOf = ({ inspector, recusals }: Line): Inspector => ({
  ...inspector,
  id: inspector.id.trim(),
  name: inspector.name.trim(),
  recusals: readRecusals(recusals),
});

function problemsOf(inspectors: readonly Inspector[]): string[] {
  const parsed = z.array(Inspector).safeParse(inspectors);
  const ids = inspectors.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `账号 ${id} 重复`);
  if (parsed.success) return twice;
  const found = parsed.error.issues.map(({ path }) => {
    const part = path[1] === 'recusals' ? '回避机构（备案号和理由）' : '账号和姓名';
    return `第 ${Number(path[0]) + 1} 名督导员的${part}填写不正确`;
  });
  return [...new Set([...found, ...twice])];
}

export function InspectorsForm({ inspectors, save }: InspectorsFormProps) {
  const [lines, setLines] = useState<Line[]>(() =>
    inspectors.map((inspector) => ({ inspector, recusals: printed(inspector) })),
  );
  const set = (index: number, changes: Partial<Line>) => {
    const line = lines[index];
    if (line) setLines(lines.with(index, { ...line, ...changes }));
  };
  const now = lines.map(inspectorOf);
  return (
    <section aria-labelledby="inspectors">
      <h2 id="inspectors">督导员（{lines.length} 名）</h2>
      <p>账号与登录账号一致。应当回避的机构逐行填写：备案号、空格、理由。方案公布后只能增加，不能修改。</p>
      {lines.length === 0 && <Empty>还没有登记督导员。</Empty>}
      <fieldset disabled={!save}>
        <legend className="hidden">督导员</legend>
        {lines.map(({ inspector, recusals }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what is being typed is known by its place alone
          <div key={index} className="grid">
            <label className="field">
              <span>第 {index + 1} 名账号</span>
              <input
                value={inspector.id}
                onChange={({ target }) => set(index, { inspector: { ...inspector, id: target.value } })}
              />
            </label>
            <label className="field">
              <span>第 {index + 1} 名姓名</span>
              <input
                value={inspector.name}
                onChange={({ target }) => set(index, { inspector: { ...inspector, name: target.value } })}
              />
            </label>
            <label className="field">
              <span>第 {index + 1} 名应当回避的机构</span>
              <textarea
                rows={2}
                value={recusals}
                onChange={({ target }) => set(index, { recusals: target.value })}
              />
            </label>
            {save && (
              <Button size="small" onClick={() => setLines(lines.toSpliced(index, 1))}>
                删除<span className="hidden">第 {index + 1} 名</span>
              </Button>
            )}
          </div>
        ))}
        {save && (
          <Button
            size="small"
            onClick={() =>
              setLines([...lines, { inspector: { id: '', name: '', recusals: [] }, recusals: '' }])
            }
          >
            增加督导员
          </Button>
        )}
      </fieldset>
      {save && (
        <Saving
          title="保存督导员名单"
          changed={JSON.stringify(now) !== JSON.stringify(inspectors)}
          problems={problemsOf(now)}
          save={() => save(now)}
        />
      )}
    </section>
  );
}
