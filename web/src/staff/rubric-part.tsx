import { Button } from 'antd';
import { useState } from 'react';
import type { Facts } from '../../../shared/domain/facts.ts';
import type { Rubric, RubricItem } from '../../../shared/domain/rubric.ts';
import { moved } from './rubric-changes.ts';
import { ITEM_KINDS, RubricItemFields } from './rubric-item-fields.tsx';

type Part = Rubric['parts'][number];

interface RubricPartProps {
  part: Part;
  trial: Readonly<Record<string, Facts | undefined>>;
  onTry: (code: string, facts: Facts | undefined) => void;
  /** Absent: to be read only. */
  edit: PartEdit | undefined;
}

export interface PartEdit {
  change: (part: Part) => void;
  addItem: (kind: RubricItem['kind']) => void;
  move: (by: 1 | -1) => void;
  /** Absent where it is the only part. */
  remove: (() => void) | undefined;
}

/** A part of the rubric: its name, its items in their order, and what may be added to or taken from it. */
export function RubricPart({ part, trial, onTry, edit }: RubricPartProps) {
  const { code, title, items } = part;
  const setItems = (changed: RubricItem[]) => edit?.change({ ...part, items: changed });
  const points = items.reduce((sum, one) => sum + (one.points || 0), 0);
  return (
    <details>
      <summary>
        {code} {title}（{points} 分，{items.length} 项）
      </summary>
      {edit && (
        <div className="grid">
          <label className="field">
            <span>{code} 部分名称</span>
            <input value={title} onChange={({ target }) => edit.change({ ...part, title: target.value })} />
          </label>
          <Placing name={`${code} 部分`} move={edit.move} remove={edit.remove} />
        </div>
      )}
      {items.map((item, index) => (
        <div key={item.code} className="rubric-item">
          <RubricItemFields
            item={item}
            facts={trial[item.code]}
            onTry={(facts) => onTry(item.code, facts)}
            onChange={edit && ((changed) => setItems(items.with(index, changed)))}
          />
          {edit && (
            <Placing
              name={item.code}
              move={(by) => setItems(moved(items, index, by))}
              remove={items.length > 1 ? () => setItems(items.toSpliced(index, 1)) : undefined}
            />
          )}
        </div>
      ))}
      {edit && <NewItem code={code} onAdd={edit.addItem} />}
    </details>
  );
}

function Placing({ name, move, remove }: { name: string } & Pick<PartEdit, 'move' | 'remove'>) {
  return (
    <div className="actions">
      <Button size="small" onClick={() => move(-1)}>
        上移<span className="hidden">{name}</span>
      </Button>
      <Button size="small" onClick={() => move(1)}>
        下移<span className="hidden">{name}</span>
      </Button>
      {remove && (
        <Button size="small" onClick={remove}>
          删除<span className="hidden">{name}</span>
        </Button>
      )}
    </div>
  );
}

function NewItem({ code, onAdd }: { code: string; onAdd: (kind: RubricItem['kind']) => void }) {
  const [kind, setKind] = useState<RubricItem['kind']>('checklist');
  return (
    <div className="grid">
      <label className="field">
        <span>{code} 新项目的计分办法</span>
        <select value={kind} onChange={({ target }) => setKind(target.value as RubricItem['kind'])}>
          {Object.entries(ITEM_KINDS).map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <Button onClick={() => onAdd(kind)}>
        增加项目<span className="hidden">（{code} 部分）</span>
      </Button>
    </div>
  );
}
