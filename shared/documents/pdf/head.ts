/** The red head of the first page: 文件格式 §7.2 or 信函格式 §10.1. */
import type { OfficialDocument } from '../model.ts';
import {
  FILE_HEAD,
  LETTER_GAP,
  LETTER_HEAD,
  LINE_PITCH,
  MARK_SIZE,
  PAGE,
  RED,
  SIZE,
  TYPE_AREA,
} from '../standard.ts';
import { baselineIn, type Flow } from './flow.ts';

export function layHead(flow: Flow, document: OfficialDocument): void {
  if (document.layout === 'letter') layLetterHead(flow, document);
  else layFileHead(flow, document);
}

/** The mark is as large as fits on one line of the type area; `文件` follows the name in 文件格式. */
export function markOf({ layout, issuer }: OfficialDocument): { text: string; size: number } {
  const text = layout === 'file' ? `${issuer}文件` : issuer;
  return { text, size: Math.min(MARK_SIZE[layout], Math.floor(TYPE_AREA.width / text.length)) };
}

function layMark(flow: Flow, document: OfficialDocument, top: number): number {
  const { text, size } = markOf(document);
  const setting = { size, pitch: size, width: TYPE_AREA.width, indent: 0, align: 'center' as const };
  const [runs = []] = flow.compose([{ text, face: 'xiaobiaosong' }], setting);
  const element = flow.element('P');
  const baseline = top + baselineIn(size, size);
  flow.draw({ kind: 'text', x: TYPE_AREA.left, baseline, size, color: RED, runs, element });
  return top + size;
}

/** §7.2.4, §7.2.5, §7.2.7. */
function layFileHead(flow: Flow, document: OfficialDocument): void {
  const bottom = layMark(flow, document, TYPE_AREA.top + FILE_HEAD.mark);
  flow.moveTo(bottom + FILE_HEAD.linesToNumber * LINE_PITCH);
  const number = document.number ?? '　';
  flow.text([{ text: number, face: 'fangsong' }], { align: 'center' }, flow.element('P'));
  const y = flow.y - (LINE_PITCH - SIZE.body) / 2 + FILE_HEAD.rule;
  flow.draw({ kind: 'rule', x: TYPE_AREA.left, y, width: TYPE_AREA.width, thickness: 1.5, color: RED });
  flow.moveTo(y);
  flow.skip(FILE_HEAD.linesToTitle);
}

/** §10.1: below the mark a double rule, thick above thin; the number flush right below it. */
function layLetterHead(flow: Flow, document: OfficialDocument): void {
  const bottom = layMark(flow, document, LETTER_HEAD.mark);
  const y = bottom + LETTER_HEAD.rule;
  doubleRule(flow, y, 'thickFirst');
  flow.moveExactlyTo(y + LETTER_GAP - (LINE_PITCH - SIZE.body) / 2);
  if (document.number) {
    flow.text([{ text: document.number, face: 'fangsong' }], { align: 'right' }, flow.element('P'));
  }
  flow.moveTo(flow.y);
  flow.skip(LETTER_HEAD.linesToTitle);
}

/** §10.1: at the foot of the first page a double rule, thin above thick. */
export function layLetterFoot(flow: Flow): void {
  const [first] = flow.pages;
  if (first) doubleRule(flow, PAGE.height - LETTER_HEAD.footRule - 3, 'thinFirst', first.items);
}

function doubleRule(
  flow: Flow,
  y: number,
  order: 'thickFirst' | 'thinFirst',
  items = flow.pages.at(-1)?.items ?? [],
): void {
  const x = (PAGE.width - LETTER_HEAD.ruleWidth) / 2;
  const [upper, lower] = order === 'thickFirst' ? [2, 0.75] : [0.75, 2];
  const common = { kind: 'rule' as const, x, width: LETTER_HEAD.ruleWidth, color: RED };
  items.push({ ...common, y: y + upper / 2, thickness: upper });
  items.push({ ...common, y: y + 3.5 - lower / 2, thickness: lower });
}
