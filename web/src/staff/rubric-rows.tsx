import { Button } from 'antd';
import type { ReactNode } from 'react';

interface RowsProps<R> {
  rows: readonly R[];
  /** What a row is, as the button says that removes it: `A1 第`. */
  name: string;
  fields: (row: R, index: number) => ReactNode;
  /** Absent: none may go. */
  onRemove?: ((index: number) => void) | undefined;
  /** Which rows may go; while more than one is there, each, if absent. */
  mayGo?: ((row: R) => boolean) | undefined;
  onAdd?: (() => void) | undefined;
  addTitle?: string;
}

/** A list that is edited row by row. */
export function Rows<R>({ rows, name, fields, onRemove, mayGo, onAdd, addTitle }: RowsProps<R>) {
  return (
    <>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what is being typed is known by its place alone
        <div key={index} className="grid">
          {fields(row, index)}
          {onRemove && (mayGo ? mayGo(row) : rows.length > 1) && (
            <Button size="small" onClick={() => onRemove(index)}>
              删除
              <span className="hidden">
                {name} {index + 1} 行
              </span>
            </Button>
          )}
        </div>
      ))}
      {onAdd && (
        <Button size="small" onClick={onAdd}>
          {addTitle}
        </Button>
      )}
    </>
  );
}
