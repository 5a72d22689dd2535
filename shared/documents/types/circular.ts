/** The circular 通报 with its annex of stars. No score, and no agency of a band that is only counted. */
import { FILING_TYPES, type FilingType } from '../../domain/filing-types.ts';
import type { CircularText, Passage } from '../../domain/narrative/figures.ts';
import { bandRange, letter } from '../letter.ts';
import type { Block, OfficialDocument } from '../model.ts';
import { type StarRow, starTable } from '../star-table.ts';
import { filledBody, filledTitle } from '../template.ts';
import { CIRCULAR } from '../templates/circular.ts';

export interface CircularSnapshot {
  year: number;
  number: string | null;
  noticeNumber: string | null;
  centre: string;
  city: string;
  recipients: string;
  date: string | null;
  population: number;
  byFilingType: Readonly<Record<FilingType, number>>;
  leftOut: readonly { reason: string; count: number }[];
  bands: readonly { name: string; from: number; count: number; percent: string }[];
  percentNote: string | null;
  text: CircularText | null;
  annex: readonly StarRow[];
  sampleData: boolean;
}

export function circularDocument(circular: CircularSnapshot): OfficialDocument {
  const { year, city, population, bands, text, annex } = circular;
  const types = Object.entries(FILING_TYPES)
    .map(([type, title]) => ({ title, count: circular.byFilingType[type as FilingType] }))
    .filter(({ count }) => count > 0);
  const values = {
    year,
    city,
    population,
    noticeNumber: circular.noticeNumber ?? '本年度评估通知',
    filingTypes: types.length > 0 ? `（含${listed(types)}）` : '',
    leftOut: leftOutPhrase(circular.leftOut),
    bands: bands
      .map(
        ({ name, count, percent }, index) => `${name}（${bandRange(bands, index)}）${count}家，占${percent}%`,
      )
      .join('；'),
    percentNote: circular.percentNote ? `（${circular.percentNote}）` : '',
    annexNote: annex.length > 0 ? '获评星级的机构名单见附件。' : '',
  };
  const title = [`${year}年度`, '技能人才评价机构', '年度工作评估星级'];
  return letter(circular, {
    title: filledTitle(CIRCULAR, values),
    recipients: circular.recipients,
    body: filledBody(CIRCULAR, values, {
      strengths: passages(text?.strengths),
      problems: passages(text?.problems),
      requirements: passages(text?.requirements),
    }),
    annexes: annex.length > 0 ? [{ title, body: [starTable(annex, '评估星级')] }] : [],
  });
}

const listed = (counts: readonly { title: string; count: number }[]) =>
  counts.map(({ title, count }) => `${title}${count}家`).join('、');

/** `，另有10家不参加本次评估（省中心抽查评估10家）` */
function leftOutPhrase(leftOut: CircularSnapshot['leftOut']): string {
  if (leftOut.length === 0) return '';
  const total = leftOut.reduce((sum, { count }) => sum + count, 0);
  const reasons = leftOut.map(({ reason, count }) => ({ title: reason, count }));
  return `，另有${total}家不参加本次评估（${listed(reasons)}）`;
}

/** A paragraph with its title （一）; one without a title stands by itself. */
export function passages(texts: readonly Passage[] = []): Block[] {
  return texts.map(
    ({ title, text }): Block =>
      title
        ? { kind: 'heading', level: 2, text: `${title.replace(/。$/, '')}。`, follows: text }
        : { kind: 'paragraph', text },
  );
}
