import { useCallback } from 'react';
import * as z from 'zod/mini';
import type { DrawRecord } from '../../../shared/domain/draw-record.ts';
import { Recomputation, Visits } from '../public/draw-page.tsx';
import { api } from '../session/api.ts';
import { useLoaded } from '../ui/loading.ts';
import { Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { readYear } from './cycle.ts';
import { YearChoice } from './year-choice.tsx';
import './staff.css';

/** The archived record of a draw, with its reasons, made again on this machine before and after it is published. */
export function StaffDrawPage() {
  return (
    <Page
      title="抽签复核"
      lead="抽签由通知公布时承诺的种子决定。审批方案前，可以在本机按完整记录重新抽签，结果应当完全相同。"
    >
      <YearChoice among={({ draw }) => draw !== null} none="还没有抽取现场检查对象。">
        {(year) => <Draw key={year} year={year} />}
      </YearChoice>
    </Page>
  );
}

const Record = z.custom<DrawRecord>((value) => typeof value === 'object' && value !== null);

async function readDraw(year: number) {
  const { draw, notice } = await readYear(year);
  const file = draw?.record.split('/').at(-1) ?? '';
  return {
    record: await api.get(`/cycles/${year}/archive/${file}`, Record),
    committed: notice?.commitment ?? '',
  };
}

function Draw({ year }: { year: number }) {
  const loaded = useLoaded(
    `draw ${year}`,
    useCallback(() => readDraw(year), [year]),
  );
  return (
    <Show of={loaded}>
      {({ record, committed }) => (
        <>
          <Recomputation record={record} committed={committed} />
          <Visits record={record} />
          <Recusals record={record} />
        </>
      )}
    </Show>
  );
}

function Recusals({ record: { recusals, inspectors } }: { record: DrawRecord }) {
  const names = new Map(inspectors.map(({ id, name }) => [id, name]));
  if (recusals.length === 0) return null;
  return (
    <table className="cards">
      <caption>抽签时应当回避的情形，共 {recusals.length} 条</caption>
      <thead>
        <tr>
          <th scope="col">督导员</th>
          <th scope="col">机构备案号</th>
          <th scope="col">理由</th>
        </tr>
      </thead>
      <tbody>
        {recusals.map(({ inspector, filingNumber, reason }) => (
          <tr key={inspector + filingNumber}>
            <th scope="row">{names.get(inspector) ?? inspector}</th>
            <td data-title="机构备案号" className="code">
              {filingNumber}
            </td>
            <td data-title="理由">{reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
