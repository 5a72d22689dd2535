/** Documents and tables as people read them, set again from the records byte for byte; PDF, for which the faces are needed, stands by the manifest alone. */
import { toDocx } from '../../documents/docx/docx.ts';
import { toHtml } from '../../documents/html/html.ts';
import { resultsWorkbook } from '../../documents/tables/results-table.ts';
import { scoreSheetWorkbook } from '../../documents/tables/score-sheet-table.ts';
import { DOCUMENT_TYPES, type DocumentType, type Snapshots } from '../../documents/types.ts';
import { toCsv } from '../../documents/xlsx/csv.ts';
import type { Workbook } from '../../documents/xlsx/workbook.ts';
import { toXlsx } from '../../documents/xlsx/xlsx.ts';
import { type DrawRecord, publicDraw } from '../../domain/draw-record.ts';
import { rectificationOf, resultsTable, scoreSheetOf } from '../agency-papers.ts';
import { circularOf, figuresOf } from '../results.ts';
import { jsonText } from '../snapshots.ts';
import { noticeSnapshot } from '../steps/notice.ts';
import { planOf, visitedNames } from '../steps/spot-check.ts';
import type { Chains } from './chains.ts';
import type { Check, Finding } from './check.ts';
import { type ArchiveFiles, announcements } from './files.ts';

/** A file's path in the folder of a year, and what it must hold. */
type Made = [path: string, content: Uint8Array | string];

export function checkPapers(files: ArchiveFiles, chains: Chains, record: DrawRecord): Check {
  const made = [...publicPapers(chains, record), ...agencyPapers(chains)];
  const findings = made.flatMap(([path, content]): Finding[] => {
    const bytes = files.get(path);
    if (!bytes) return [{ place: path, problem: '文件不存在' }];
    const expected = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return sameBytes(bytes, expected) ? [] : [{ place: path, problem: '与由记录重新生成的文件不符' }];
  });
  return { title: '文件和表格', scope: `${made.length} 个文件`, findings };
}

function publicPapers({ cycle, dossiers }: Chains, record: DrawRecord): Made[] {
  const figures = figuresOf(cycle, dossiers);
  const plan = planOf(cycle, publicDraw(record), visitedNames(record, dossiers));
  return [
    ...document('public/notice', 'notice', noticeSnapshot(cycle)),
    ...document('public/plan', 'plan', plan),
    ...announcements(cycle, dossiers).flatMap(([name, snapshot]) =>
      document(`public/${name}`, 'announcement', snapshot),
    ),
    ...document('public/circular', 'circular', circularOf(cycle, figures)),
    ...table('results', resultsWorkbook(resultsTable(cycle, figures))),
  ];
}

function agencyPapers({ cycle, dossiers }: Chains): Made[] {
  return figuresOf(cycle, dossiers).scored.flatMap((dossier) => {
    const { filingNumber } = dossier;
    const snapshot = scoreSheetOf(cycle, dossier);
    const stem = `score-sheets/${filingNumber}`;
    const sheet: Made[] = [
      ...document(stem, 'score-sheet', snapshot),
      ...table(stem, scoreSheetWorkbook(snapshot)),
      [`${stem}.json`, jsonText(snapshot)],
    ];
    if (snapshot.score.stars > 0) return sheet;
    const notice = rectificationOf(cycle, dossier);
    return [...sheet, ...document(`rectifications/${filingNumber}`, 'rectification', notice)];
  });
}

function document<T extends DocumentType>(stem: string, type: T, snapshot: Snapshots[T]): Made[] {
  const model = DOCUMENT_TYPES[type](snapshot);
  return [
    [`${stem}.docx`, toDocx(model)],
    [`${stem}.html`, toHtml(model)],
  ];
}

function table(stem: string, workbook: Workbook): Made[] {
  const [first] = workbook.sheets;
  const csv: Made[] = first ? [[`${stem}.csv`, toCsv(first)]] : [];
  return [[`${stem}.xlsx`, toXlsx(workbook)], ...csv];
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
