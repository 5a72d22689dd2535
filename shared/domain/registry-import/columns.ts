/** Finding the header row and its columns, whatever their order, wording and the title lines above. */
import { type Cell, rowOf, type Table } from './table.ts';
import { compact } from './text.ts';

export const COLUMN_TITLES = {
  filingNumber: '机构备案号',
  name: '机构名称',
  filingType: '备案类型',
  nature: '机构性质',
  term: '备案期限',
  termFrom: '备案开始',
  termTo: '备案截止',
  county: '县区',
  occupations: '职业（工种）',
  contact: '联系人',
  phone: '联系电话',
  occupationCode: '职业编码',
  occupationName: '职业名称',
  levels: '级别',
} as const;
export type Column = keyof typeof COLUMN_TITLES;

const SYNONYMS: Record<Column, readonly string[]> = {
  filingNumber: ['备案号', '备案编号', '机构备案编号', '机构备案号码', '备案号码', '机构编号'],
  name: ['单位名称', '名称', '机构全称', '单位全称', '评价机构名称', '评价机构', '机构'],
  filingType: ['类别', '类型', '备案类别', '机构类型', '机构类别'],
  nature: ['性质', '单位性质'],
  term: [
    '备案有效期',
    '有效期',
    '备案有效期限',
    '备案起止时间',
    '备案起止年月',
    '备案时间',
    '备案年限',
    '期限',
  ],
  termFrom: [
    '备案起始',
    '备案开始时间',
    '备案起始时间',
    '备案开始年月',
    '备案起始年月',
    '备案日期',
    '开始时间',
    '起始时间',
  ],
  termTo: [
    '备案终止',
    '备案结束',
    '备案到期',
    '备案截止时间',
    '备案截止年月',
    '备案终止时间',
    '备案到期时间',
    '到期时间',
    '截止时间',
  ],
  county: ['所属县区', '县(区)', '所属县(区)', '所在县区', '区县', '所属区县', '县/区', '所属地区'],
  occupations: [
    '职业工种',
    '职业/工种',
    '备案职业',
    '备案职业(工种)',
    '评价职业(工种)',
    '备案职业工种',
    '职业',
  ],
  contact: ['联系人姓名', '机构联系人'],
  phone: ['电话', '手机', '手机号', '手机号码', '联系方式', '联系人电话'],
  occupationCode: ['职业代码', '工种编码', '职业(工种)编码', '职业(工种)代码', '编码'],
  occupationName: ['职业(工种)名称', '工种名称'],
  levels: ['等级', '职业等级', '技能等级', '评价等级', '评价级别', '职业技能等级'],
};

/** Columns that carry nothing for the registry: left out without a word. */
const IGNORED = ['序号', '编号', '备注', '说明', 'no', 'no.'];

const BY_TITLE = new Map(
  (Object.keys(COLUMN_TITLES) as Column[]).flatMap((column) =>
    [COLUMN_TITLES[column], ...SYNONYMS[column]].map((title) => [compact(title), column] as const),
  ),
);

export interface Header {
  row: number;
  columns: Map<Column, number>;
  duplicates: { column: Column; address: string }[];
  unknown: { title: string; address: string }[];
  /** The rows below. */
  body: Cell[][];
}

/** The column that a header cell names; a remark in brackets, as in `机构备案号（13位）`, does not matter. */
function columnOf(cell: Cell): Column | undefined {
  const title = compact(cell.value).replace(/[*:]/g, '');
  return BY_TITLE.get(title) ?? BY_TITLE.get(title.replace(/\([^)]*\)/g, ''));
}

/** The first row that names a filing number and one more column. */
export function findHeader(table: Table): Header | undefined {
  const index = table.rows.findIndex((row) => {
    const columns = new Set(row.map(columnOf));
    columns.delete(undefined);
    return columns.has('filingNumber') && columns.size > 1;
  });
  const cells = table.rows[index];
  return cells && headerOf(cells, table.rows.slice(index + 1));
}

function headerOf(cells: Cell[], below: Cell[][]): Header {
  const header: Header = {
    row: rowOf(cells[0]?.address ?? 'A1'),
    columns: new Map(),
    duplicates: [],
    unknown: [],
    body: below.filter((row) => !repeats(row, cells)),
  };
  cells.forEach((cell, position) => {
    const column = columnOf(cell);
    const title = compact(cell.value);
    if (!column) {
      if (title && !IGNORED.includes(title.toLowerCase()))
        header.unknown.push({ title, address: cell.address });
    } else if (header.columns.has(column)) header.duplicates.push({ column, address: cell.address });
    else header.columns.set(column, position);
  });
  return header;
}

/** A header printed again at the top of the next page. */
function repeats(row: Cell[], header: Cell[]): boolean {
  return header.every((cell, index) => compact(cell.value) === compact(row[index]?.value ?? null));
}

const TOTAL = /^(合计|总计|共计|小计|总数|共\d+[家个])/;
const SIGNATURE =
  /^(备注|注|说明|填表人|填报人|制表人|审核人|经办人|填报单位|填表日期|制表日期|填报日期)[:：]/;

/** A blank row, or a line under the list: 合计, 注：…, 填表人：…. A row with a filing number is never one. */
export function isAside(row: Cell[], header: Header): boolean {
  const texts = row.map(({ value }) => compact(value)).filter(Boolean);
  if (texts.length === 0) return true;
  const number = compact(row[header.columns.get('filingNumber') ?? -1]?.value ?? null);
  if (/\d{6}/.test(number)) return false;
  return texts.some((text) => TOTAL.test(text)) || SIGNATURE.test(texts[0] ?? '');
}
