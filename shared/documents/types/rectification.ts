/** The rectification notice 整改通知书 to an agency that failed: what is wrong, until when, and what follows. Not published. */
import { printedDate } from '../../domain/calendar.ts';
import { type Thousandths, thousandths } from '../../domain/exact.ts';
import type { ItemScore, ScoreSheet } from '../../domain/score.ts';
import { letter } from '../letter.ts';
import type { Block, OfficialDocument } from '../model.ts';
import { filledBody, filledTitle } from '../template.ts';
import { RECTIFICATION } from '../templates/rectification.ts';
import { printedPoints } from './score-sheet.ts';

export interface RectificationSnapshot {
  year: number;
  number: string | null;
  centre: string;
  contact: string;
  date: string | null;
  /** The last day. */
  due: string;
  agency: { name: string; filingNumber: string };
  score: ScoreSheet;
  sampleData: boolean;
}

export function rectificationDocument(notice: RectificationSnapshot): OfficialDocument {
  const { year, centre, agency, score } = notice;
  const lost = score.items.filter((item) => item.outcome !== 'notApplicable' && missing(item) > 0);
  const values = {
    year,
    centre,
    filingNumber: agency.filingNumber,
    total: score.total,
    result: score.result,
    due: printedDate(notice.due),
    contact: notice.contact || null,
  };
  return letter(notice, {
    title: filledTitle(RECTIFICATION, values),
    recipients: agency.name,
    body: filledBody(RECTIFICATION, values, {
      vetoes: score.vetoes.map(({ title, finding }): Block => {
        return {
          kind: 'heading',
          level: 2,
          text: `${title}。`,
          follows: `${finding}，直接评定为${score.result}。`,
        };
      }),
      lost: [lostTable(lost)],
    }),
  });
}

function missing({ possible, earned }: ItemScore): Thousandths {
  return thousandths(Number(possible)) - thousandths(Number(earned));
}

/** What was lost most stands first. */
function lostTable(items: readonly ItemScore[]): Block {
  const ordered = items.toSorted((a, b) => missing(b) - missing(a) || (a.code < b.code ? -1 : 1));
  return {
    kind: 'table',
    caption: '没有得到全部分值的项目',
    columns: [
      { title: '评估项目', share: 10 },
      { title: '分值', share: 3, align: 'centre' },
      { title: '得分', share: 3, align: 'centre' },
      { title: '计分依据', share: 15 },
    ],
    rows: ordered.map((item) => [
      `${item.code} ${item.title}`,
      item.possible,
      printedPoints(item),
      item.rule,
    ]),
    size: 12,
  };
}
