/** The notice 评估通知: who is assessed, by what, how, and the standard as its annex. */
import { decimal, thousandths } from '../../domain/exact.ts';
import type { Rubric, RubricItem } from '../../domain/rubric.ts';
import { bandRange, letter } from '../letter.ts';
import type { Block, OfficialDocument, Table } from '../model.ts';
import { filledBody, filledTitle } from '../template.ts';
import { NOTICE } from '../templates/notice.ts';

export interface NoticeSnapshot {
  year: number;
  number: string | null;
  centre: string;
  city: string;
  recipients: string;
  date: string | null;
  contact: string;
  /** `2022-02` */
  referenceMonth?: string;
  commitment?: string;
  eligible?: number;
  leftOut?: number;
  exclusions: readonly { reason: string }[];
  selfEvaluationWorkingDays: number;
  sampling: { percent: number; atLeast: number };
  inspectorsPerVisit: number;
  announcementWorkingDays: number;
  objectionDecisionDays: number;
  rectificationMonths: number;
  rubric: Rubric;
  sampleData: boolean;
}

export function noticeDocument(notice: NoticeSnapshot): OfficialDocument {
  const { rubric, referenceMonth = '', leftOut = 0, sampling } = notice;
  const [year, month] = referenceMonth.split('-');
  const items = rubric.parts.flatMap((part) => part.items);
  const values = {
    ...notice,
    referenceMonth: `${year}年${Number(month)}月`,
    eligible: notice.eligible ?? null,
    leftOut: leftOut > 0 ? leftOut : null,
    exclusions: countedReasons(notice.exclusions),
    fullMarks: points(items),
    parts: rubric.parts.map((part) => `${part.title}（${points(part.items)}分）`).join('、'),
    partCount: rubric.parts.length,
    itemCount: items.length,
    bonusMax: rubric.bonus.max,
    samplingPercent: sampling.percent,
    samplingAtLeast: sampling.atLeast,
    bands: rubric.stars.map(({ name }, index) => `${bandRange(rubric.stars, index)}为${name}`).join('；'),
    failedName: rubric.stars.at(-1)?.name ?? '',
    contact: notice.contact || null,
  };
  const { rubric: _rubric, sampling: _sampling, sampleData: _sample, commitment = '', ...texts } = values;
  const vetoes = rubric.vetoes.map(({ title }): Block => ({ kind: 'heading', level: 3, text: title }));
  return letter(notice, {
    title: filledTitle(NOTICE, texts),
    recipients: notice.recipients,
    body: filledBody(NOTICE, texts, { vetoes, commitment: [commitmentFacts(commitment)] }),
    annexes: [
      {
        title: [`${notice.year}年度`, '技能人才评价机构', '年度工作评估标准'],
        body: [standard(rubric), ...bonus(rubric)],
      },
    ],
  });
}

/** `（其中省中心抽查评估10家）` */
function countedReasons(exclusions: readonly { reason: string }[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of exclusions) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const listed = [...counts].map(([reason, count]) => `${reason}${count}家`);
  return listed.length > 0 ? `（其中${listed.join('、')}）` : '';
}

function commitmentFacts(commitment: string): Block {
  const entries = [{ name: 'SHA-256摘要', value: commitment }];
  return { kind: 'facts', caption: '抽签种子的摘要', entries, size: 10.5 };
}

function points(items: readonly { points: number }[]): string {
  return decimal(items.reduce((sum, item) => sum + thousandths(item.points), 0));
}

function standard(rubric: Rubric): Table {
  const rows = rubric.parts.flatMap((part) =>
    part.items.map((item) => [
      `${part.code} ${part.title}`,
      `${item.code} ${item.title}`,
      String(item.points),
      scoringRule(item),
    ]),
  );
  return {
    kind: 'table',
    caption: '评估项目、分值和计分办法',
    columns: [
      { title: '部分', share: 5, align: 'centre' },
      { title: '评估项目', share: 9 },
      { title: '分值', share: 3, align: 'centre' },
      { title: '计分办法', share: 15 },
    ],
    rows: [...rows, ['合计', '', points(rubric.parts.flatMap((part) => part.items)), '']],
    totals: true,
    size: 10.5,
  };
}

/** How an item becomes points, in words. */
export function scoringRule(item: RubricItem): string {
  switch (item.kind) {
    case 'banded': {
      const unit = item.measure.type === 'rate' ? '%' : '件';
      const of =
        item.measure.type === 'rate'
          ? `${item.measure.numerator.label}÷${item.measure.denominator.label}`
          : item.measure.count.label;
      const bands = item.bands.map(({ from, above, points: worth }) =>
        item.measure.type === 'rate'
          ? `${above ? '大于' : ''}${from}${unit}${above ? '' : '及以上'}得${worth}分`
          : `${from}${unit}${from === 0 ? '' : '及以上'}得${worth}分`,
      );
      return `${of}：${bands.join('，')}`;
    }
    case 'checklist':
      return item.lines.map(({ label, points: worth }) => `${label}${worth}分`).join('；');
    case 'graded':
      return item.grades
        .map(({ grade, points: worth, description }) => `${grade}等${worth}分（${description}）`)
        .join('；');
    case 'deduction':
      return `${item.fault}：每1份（处）扣${item.perFault}分，扣完为止`;
  }
}

function bonus({ bonus: { items, max } }: Rubric): Block[] {
  if (items.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: `加分项（合计不超过${max}分）`,
      captioned: true,
      columns: [
        { title: '编号', share: 3, align: 'centre' },
        { title: '加分项', share: 20 },
        { title: '每项', share: 4, align: 'centre' },
        { title: '最多', share: 4, align: 'centre' },
      ],
      rows: items.map(({ code, title, each, max: most }) => [code, title, String(each), String(most)]),
      size: 10.5,
    },
  ];
}
