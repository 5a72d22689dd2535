/** Reading 职业（工种）: `6-18-01-01 车工（五级、四级、三级）；4-03-02-01 中式烹调师（五级-三级）`. */
import { LEVELS, Occupation } from '../agency.ts';
import type { CellValue } from './table.ts';
import type { Read } from './term.ts';
import { quoted, tidyName, tidyText } from './text.ts';

type Level = (typeof LEVELS)[number];

const EXAMPLE = '请写成“6-18-01-01 车工（五级、四级、三级）”，多个职业用分号隔开';
const CODE = String.raw`\d-\d{1,2}-\d{1,2}-\d{1,2}`;
const ONE = new RegExp(`^(${CODE})(?!\\d)\\s*(.*)$`);
const NEXT = new RegExp(`[;\\n]+|[,、](?=\\s*${CODE})`);

/** Numbered levels, lowest first, with the words that mean the same. */
const LEVEL_WORDS: Record<string, Level> = Object.fromEntries(
  (
    [
      ['五级', '初级工', '初级', '5'],
      ['四级', '中级工', '中级', '4'],
      ['三级', '高级工', '高级', '3'],
      ['二级', '技师', '2'],
      ['一级', '高级技师', '1'],
      ['学徒工', '学徒'],
      ['特级技师'],
      ['首席技师'],
    ] as [Level, ...string[]][]
  ).flatMap(([level, ...words]) => [level, ...words].map((word) => [word, level])),
);
const NUMBERED = LEVELS.slice(0, 5);

/** All occupations of a cell; every piece that cannot be read is told. Empty cell: none. */
export function readOccupations(value: CellValue): { occupations: Occupation[]; errors: string[] } {
  const text = String(value ?? '')
    .normalize('NFKC')
    .trim();
  const occupations: Occupation[] = [];
  const errors: string[] = [];
  for (const piece of text.split(NEXT).map((part) => part.trim())) {
    if (piece === '') continue;
    const read = readOne(piece);
    if ('error' in read) errors.push(read.error);
    else errors.push(...addOccupation(occupations, read.value));
  }
  return { occupations, errors };
}

/** Adds an occupation, or its levels to the one already there. Refused: the same code under another name. */
export function addOccupation(occupations: Occupation[], added: Occupation): string[] {
  const index = occupations.findIndex(({ code }) => code === added.code);
  const same = occupations[index];
  if (!same) occupations.push(added);
  else if (same.name !== added.name) {
    return [`职业编码 ${added.code} 有两个名称：${quoted(same.name)}和${quoted(added.name)}，请核对`];
  } else {
    const levels = LEVELS.filter((level) => same.levels.includes(level) || added.levels.includes(level));
    occupations[index] = { ...same, levels };
  }
  return [];
}

function readOne(piece: string): Read<Occupation> {
  const [, code, rest] = ONE.exec(piece) ?? [];
  if (!code || rest === undefined) return { error: `无法识别职业${quoted(piece)}，${EXAMPLE}` };
  const [, name, levels] = /^(.*?)\s*\(([^()]*)\)$/.exec(rest) ?? [];
  if (!name || levels === undefined) return { error: `职业${quoted(piece)}没有写明名称和级别，${EXAMPLE}` };
  return occupationOf(code, name, levels);
}

/** An occupation from its three texts. */
export function occupationOf(code: CellValue, name: CellValue, levels: CellValue): Read<Occupation> {
  const digits = tidyText(code).replace(/\s/g, '').split('-');
  const padded = digits.map((part, index) => (index === 0 ? part : part.padStart(2, '0'))).join('-');
  const read = readLevels(levels);
  if ('error' in read) return read;
  const parsed = Occupation.safeParse({ code: padded, name: tidyName(name), levels: read.value });
  if (parsed.success) return { value: parsed.data };
  const fields = new Set(parsed.error.issues.map((issue) => issue.path[0]));
  if (fields.has('code')) return { error: `职业编码${quoted(code)}应为 6-18-01-01 形式` };
  return { error: '缺少职业名称' };
}

/** `五级、四级`, `五级-三级`, `5-3级`, `高级工`. In the order of the levels. */
export function readLevels(value: CellValue): Read<Level[]> {
  const tokens = tidyText(value)
    .split(/[、,;/和及 ]+/)
    .filter(Boolean);
  if (tokens.length === 0) return { error: `缺少级别，可填：${LEVELS.join('、')}` };
  const read = tokens.map((token) => ({ token, levels: levelsOf(token) }));
  const unknown = read.filter(({ levels }) => levels === undefined).map(({ token }) => quoted(token));
  if (unknown.length > 0) return { error: `无法识别级别${unknown.join('、')}，可填：${LEVELS.join('、')}` };
  return { value: LEVELS.filter((level) => read.some(({ levels }) => levels?.includes(level))) };
}

/** One level, or a range of the five numbered ones. */
function levelsOf(token: string): readonly Level[] | undefined {
  const [low, high, ...more] = token.split(/[-—–~至到]+/).map(levelOf);
  if (!token.match(/[-—–~至到]/)) return low && [low];
  if (!low || !high || more.length > 0) return undefined;
  const [from = -1, to = -1] = [NUMBERED.indexOf(low), NUMBERED.indexOf(high)].sort((a, b) => a - b);
  return from < 0 ? undefined : NUMBERED.slice(from, to + 1);
}

function levelOf(token: string): Level | undefined {
  return LEVEL_WORDS[token] ?? LEVEL_WORDS[token.replace(/级$/, '')] ?? LEVEL_WORDS[`${token}级`];
}
