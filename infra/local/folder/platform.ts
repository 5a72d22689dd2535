/** The provincial platform's export 平台导出, as the folder's `platform.csv`. */
import { FilingNumber } from '../../../shared/domain/agency.ts';
import type { PlatformFigures } from '../../../shared/domain/platform.ts';
import { type Cell, rowOf, type Table } from '../../../shared/domain/registry-import/table.ts';
import { compact } from '../../../shared/domain/registry-import/text.ts';
import type { FolderFiles } from './folder-files.ts';
import { readFolderTables } from './form.ts';
import { countOf } from './form-values.ts';
import type { Population } from './population.ts';
import type { Problems } from './problems.ts';

const NUMBER_TITLES = ['机构备案号', '备案号', '备案编号'];
const COLUMNS: Record<string, Exclude<keyof PlatformFigures, 'filingNumber'>> = {
  计划批次: 'plannedBatches',
  完成批次: 'completedBatches',
  公告批次: 'announcedBatches',
  考试人次: 'candidates',
  发证数: 'certificates',
};

export async function readPlatform(
  files: FolderFiles,
  file: string,
  population: Population,
  problems: Problems,
): Promise<PlatformFigures[]> {
  const [table] = await readFolderTables(files, file, problems);
  if (!table) return [];
  const index = table.rows.findIndex((row) =>
    row.some(({ value }) => NUMBER_TITLES.includes(compact(value))),
  );
  const header = table.rows[index];
  if (!header) {
    const titles = Object.keys(COLUMNS).join('、');
    problems.error({ file, row: 1 }, `没有找到表头，应有：机构备案号、${titles}`);
    return [];
  }
  const missing = Object.keys(COLUMNS).filter(
    (title) => !header.some(({ value }) => compact(value) === title),
  );
  if (missing.length > 0) {
    problems.warn(
      { file, row: rowOf(header[0]?.address ?? 'A1') },
      `没有${missing.join('、')}列，这些数不作比对`,
    );
  }
  const rows = table.rows.slice(index + 1).filter((row) => row.some(({ value }) => compact(value) !== ''));
  const figures = new Map<string, { row: number; read: PlatformFigures }>();
  for (const cells of rows) {
    const read = readRow(table, header, cells, problems);
    if (!read) continue;
    const row = rowOf(cells[0]?.address ?? 'A1');
    const before = figures.get(read.filingNumber);
    const at = { file, row, field: '机构备案号' };
    if (before) problems.error(at, `${read.filingNumber} 与第 ${before.row} 行重复，请只保留一行`);
    else if (!population.has(read.filingNumber)) {
      problems.warn(at, `名册中没有备案号 ${read.filingNumber} 的机构，此行不使用`);
    } else figures.set(read.filingNumber, { row, read });
  }
  return [...figures.values()].map(({ read }) => read);
}

function readRow(
  table: Table,
  header: Cell[],
  cells: Cell[],
  problems: Problems,
): PlatformFigures | undefined {
  const { file, sheet } = table;
  const row = rowOf(cells[0]?.address ?? 'A1');
  const figures: PlatformFigures = { filingNumber: '' };
  let refused = false;
  header.forEach(({ value: title }, position) => {
    const field = compact(title);
    const value = cells[position]?.value ?? null;
    const cell = cells[position]?.address;
    const at = { file, row, field, ...(sheet && { sheet }), ...(cell && { cell }) };
    const key = COLUMNS[field];
    if (key && compact(value) !== '') {
      const count = countOf(value);
      if (count === undefined) problems.error(at, `“${compact(value)}”应为不小于 0 的整数`);
      else figures[key] = count;
      refused ||= count === undefined;
    } else if (NUMBER_TITLES.includes(field)) {
      const number = FilingNumber.safeParse(compact(value).toUpperCase());
      if (number.success) figures.filingNumber = number.data;
      else problems.error(at, number.error.issues.map(({ message }) => message).join('；'));
      refused ||= !number.success;
    }
  });
  return refused ? undefined : figures;
}
