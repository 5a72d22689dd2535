import type { Annex, Block, Facts, Heading, OfficialDocument, Run, Table, Text } from './model.ts';
import { titleText } from './model.ts';

/** What the model leaves to be counted or derived, in words as printed; every renderer takes it from here. */

export type PrintedBlock =
  | { kind: 'heading'; level: Heading['level']; text: string; follows: readonly Run[] }
  | { kind: 'paragraph'; runs: readonly Run[] }
  | Table
  | Facts;

/** Blocks with the headings' ordinals counted: 一、（一）1.（1）, each level anew under a higher one (7.3.3). */
export function printedBlocks(blocks: readonly Block[]): PrintedBlock[] {
  const counts = [0, 0, 0, 0];
  return blocks.map((block) => {
    if (block.kind === 'paragraph') return { kind: 'paragraph', runs: runsOf(block.text) };
    if (block.kind !== 'heading') return block;
    const index = block.level - 1;
    const count = (counts[index] ?? 0) + 1;
    counts.fill(0, index);
    counts[index] = count;
    return {
      kind: 'heading',
      level: block.level,
      text: ordinal(block.level, count) + onOneLine(block.text),
      follows: block.follows === undefined ? [] : runsOf(block.follows),
    };
  });
}

function ordinal(level: Heading['level'], count: number): string {
  switch (level) {
    case 1:
      return `${chineseNumber(count)}、`;
    case 2:
      return `（${chineseNumber(count)}）`;
    case 3:
      return `${count}.`;
    case 4:
      return `（${count}）`;
  }
}

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 to 99 in Chinese numerals; a document with a hundred sections at one level is a mistake. */
export function chineseNumber(count: number): string {
  if (!Number.isInteger(count) || count < 1 || count > 99) throw new RangeError(`no ordinal for ${count}`);
  const [tens, ones] = [Math.floor(count / 10), count % 10];
  return `${tens > 1 ? DIGITS[tens] : ''}${tens > 0 ? '十' : ''}${DIGITS[ones]}`;
}

/** 2022-03-01 as 2022年3月1日: Arabic digits, month and day without a leading zero (7.3.5). */
export function printedDate(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  if (year === undefined) throw new RangeError(`${date} is not a date`);
  return `${year}年${Number(month)}月${Number(day)}日`;
}

/** 附件 at the head of an annex: with its order number only where there are several (7.3.7). */
export function annexLabel(annexes: readonly Annex[], index: number): string {
  return annexes.length > 1 ? `附件${index + 1}` : '附件';
}

/** The lines of the note under the body: 附件：1. …, titles without end punctuation (7.3.4). */
export function annexNote(annexes: readonly Annex[]): { number: string; title: string }[] {
  return annexes.map((annex, index) => ({
    number: annexes.length > 1 ? `${index + 1}.` : '',
    title: onOneLine(titleText(annex.title)).replace(/[。．.；;，,]+$/, ''),
  }));
}

/** 主送机关 with its full-width colon (7.3.2). */
export function printedRecipients(recipients: string): string {
  return `${onOneLine(recipients).replace(/[：:]$/, '')}：`;
}

/** 附注 in its brackets (7.3.6). */
export function printedRemark(remark: string): string {
  return `（${onOneLine(remark)}）`;
}

export function runsOf(text: Text): Run[] {
  const runs = typeof text === 'string' ? [{ text }] : text;
  return runs.map((run) => ({ ...run, text: onOneLine(run.text) })).filter((run) => run.text !== '');
}

/** Text of a cell, where a line break is kept. */
export function cellLines(text: string): string[] {
  return text.split(/\r\n?|\n/).map(onOneLine);
}

/**
 * Text without line breaks, which Chinese joins without a space. Characters that no file format can carry become
 * U+FFFD, so that they are seen.
 */
export function onOneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\r\n]+/g, '')
    .replaceAll('\t', ' ')
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, '\uFFFD');
}

/** The document's title in one line, for the files' properties. */
export function documentTitle(document: OfficialDocument): string {
  return onOneLine(titleText(document.title));
}
