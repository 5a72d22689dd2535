/** Desk review 材料复核: declared figures and files held against the platform's export, the rubric, the year and other agencies. */
import { compareScaled, truncated } from './exact.ts';
import { type Answers, type EvidenceRef, type Facts, filesByItem } from './facts.ts';
import type { Figure, Flag } from './flag.ts';
import { measured } from './item-score.ts';
import { PLATFORM_TITLES, type PlatformFigures } from './platform.ts';
import { factFields, findItem, type ItemOf, itemsOf, type Rubric } from './rubric.ts';
import type { ScoreSheet } from './score.ts';
import type { Period } from './settings.ts';

export interface DeskReviewInput {
  rubric: Rubric;
  answers: Answers;
  platform: PlatformFigures | undefined;
  tolerancePercent: number;
  selfScore: ScoreSheet;
  /** SHA-256 of this agency's files → filing numbers of other agencies that filed the same bytes. */
  sharedEvidence: ReadonlyMap<string, readonly string[]>;
  /** How many complaints about it, of the year, were found to be true. */
  upheldComplaints: number;
  /** The days that evidence should date from. */
  period: Period;
}

/** All flags of one submission: item by item in rubric order, then file by file, then of the form as a whole. */
export function raiseFlags(input: DeskReviewInput): Flag[] {
  const { rubric, answers } = input;
  const flags: Flag[] = [];
  for (const item of itemsOf(rubric)) {
    const answer = answers.items[item.code];
    if (!answer?.facts) continue;
    if (item.kind === 'banded' && answer.facts.kind === 'banded') {
      flags.push(...figureFlags(item, answer.facts, input), ...rateFlags(item, answer.facts, rubric));
    }
    if (item.evidenceRequired && (answer.evidence ?? []).length === 0) {
      const label = `${item.title}的佐证材料（份）`;
      flags.push({
        code: 'evidenceMissing',
        item: item.code,
        figures: [figure('evidence', label, 0), figure('rubric', '至少应有（份）', 1)],
        detail: `${item.code} ${item.title}未附佐证材料，补交前该项得 0 分`,
      });
    }
  }
  return [...flags, ...complaintFlags(input), ...evidenceFlags(input), ...scoreFlags(input)];
}

/** Whoever declares that the item does not apply has declared none. */
function complaintFlags({ rubric, answers, upheldComplaints }: DeskReviewInput): Flag[] {
  const place = rubric.measures.upheldComplaints;
  const item = place && findItem(rubric, place.item);
  const field =
    item?.kind === 'banded' ? factFields(item).find(({ key }) => key === place?.field) : undefined;
  if (!item || !field) return [];
  const { facts } = answers.items[item.code] ?? {};
  const declared = facts?.kind === 'banded' ? facts.values[field.key] : undefined;
  if ((declared ?? 0) >= upheldComplaints) return [];
  const said = declared ?? '未填报';
  return [
    {
      code: 'complaintsUnderstated',
      item: item.code,
      figures: [
        figure('selfEvaluation', field.label, said),
        figure('complaints', '经查属实的投诉（件）', upheldComplaints),
      ],
      detail: `${item.code} ${field.label}：自评填报 ${said}，投诉登记 ${upheldComplaints}`,
    },
  ];
}

const figure = (source: Figure['source'], label: string, value: Figure['value']): Figure => ({
  source,
  label,
  value,
});

/** A file with the codes of the items and bonus claims that it is filed for. */
interface UsedFile {
  file: EvidenceRef;
  items: string[];
}

/** Files are the same when their bytes are, whatever they are called. */
function usedFiles(answers: Answers): UsedFile[] {
  const same = Map.groupBy(filesByItem(answers), ({ file }) => file.sha256);
  return [...same.values()].flatMap((uses) => {
    const [first] = uses;
    return first ? [{ file: first.file, items: [...new Set(uses.map(({ item }) => item))] }] : [];
  });
}

function evidenceFlags({ answers, sharedEvidence, period }: DeskReviewInput): Flag[] {
  const used = usedFiles(answers);
  const doubtful = used.flatMap((one) => [
    ...duplicateFlags(one, sharedEvidence.get(one.file.sha256) ?? []),
    ...periodFlags(one, period),
  ]);
  return [...doubtful, ...reuseFlags(used)];
}

function duplicateFlags({ file, items }: UsedFile, others: readonly string[]): Flag[] {
  if (others.length === 0) return [];
  const owners = others.join('、');
  return [
    {
      code: 'evidenceDuplicated',
      ...firstOf(items),
      figures: [
        figure('evidence', `用于 ${items.join('、')} 的文件`, file.fileName),
        figure('otherAgencies', '提交了相同文件的机构', owners),
      ],
      detail: `《${file.fileName}》与 ${owners} 提交的文件内容相同`,
    },
  ];
}

function periodFlags({ file, items }: UsedFile, { from, to }: Period): Flag[] {
  const { fileName, effectiveOn } = file;
  if (effectiveOn === undefined || (effectiveOn >= from && effectiveOn <= to)) return [];
  return [
    {
      code: 'evidenceOutsidePeriod',
      ...firstOf(items),
      figures: [
        figure('evidence', `《${fileName}》的形成日期`, effectiveOn),
        figure('settings', '评估期间', `${from} 至 ${to}`),
      ],
      detail: `《${fileName}》形成于 ${effectiveOn}，不在评估期间 ${from} 至 ${to} 内`,
    },
  ];
}

/** One flag for the whole form: agencies bind what they have into few files, and each of them would be one. */
function reuseFlags(used: readonly UsedFile[]): Flag[] {
  const reused = used.filter(({ items }) => items.length > 1);
  if (reused.length === 0) return [];
  const items = new Set(reused.flatMap((one) => one.items));
  const list = reused.map(({ file, items: codes }) => `《${file.fileName}》用于 ${codes.join('、')}`);
  return [
    {
      code: 'evidenceReused',
      figures: [
        figure('evidence', '用于不止一个项目的文件（份）', reused.length),
        figure('selfEvaluation', '以其为佐证的项目（个）', items.size),
      ],
      detail: list.join('；'),
    },
  ];
}

const firstOf = ([item]: readonly string[]) => (item === undefined ? {} : { item });

type BandedFacts = Extract<Facts, { kind: 'banded' }>;

function figureFlags(item: ItemOf<'banded'>, facts: BandedFacts, input: DeskReviewInput): Flag[] {
  return factFields(item).flatMap((field): Flag[] => {
    const { label, platform } = field;
    const declared = facts.values[field.key];
    const onPlatform = platform && input.platform?.[platform];
    if (platform === undefined || declared === undefined || onPlatform === undefined) return [];
    if (Math.abs(declared - onPlatform) * 100 <= onPlatform * input.tolerancePercent) return [];
    return [
      {
        code: 'figureDiffers',
        item: item.code,
        figures: [
          figure('selfEvaluation', label, declared),
          figure('platform', PLATFORM_TITLES[platform], onPlatform),
        ],
        detail: `${item.code} ${label}：自评填报 ${declared}，平台导出 ${onPlatform}`,
      },
    ];
  });
}

function rateFlags(item: ItemOf<'banded'>, facts: BandedFacts, rubric: Rubric): Flag[] {
  if (item.measure.type !== 'rate') return [];
  const { numerator, denominator } = measured(item, facts.values);
  if (numerator <= denominator) return [];
  const { numerator: over, denominator: under } = item.measure;
  return [
    {
      code: item.code === rubric.measures.executionRate ? 'executedExceedsPlanned' : 'rateOverHundred',
      item: item.code,
      figures: [
        figure('selfEvaluation', over.label, numerator),
        figure('selfEvaluation', under.label, denominator),
      ],
      detail: `${item.code} ${over.label} ${numerator}，大于${under.label} ${denominator}`,
    },
  ];
}

function scoreFlags({ rubric, answers, selfScore }: DeskReviewInput): Flag[] {
  const item = itemsOf(rubric).find(({ code }) => code === rubric.measures.executionRate);
  const facts = item && answers.items[item.code]?.facts;
  if (item?.kind !== 'banded' || facts?.kind !== 'banded') return [];
  const rate = measured(item, facts.values);
  if (rate.denominator === 0 || compareScaled(selfScore.exact, 100, 90_000) < 0) return [];
  if (compareScaled(rate, 100, 60_000) >= 0) return [];
  const execution = `${truncated(rate, 100, 2)}%`;
  return [
    {
      code: 'highScoreLowExecution',
      item: item.code,
      figures: [
        figure('selfEvaluation', '自评得分', selfScore.total),
        figure('selfEvaluation', item.title, execution),
      ],
      detail: `自评 ${selfScore.total} 分，计划执行率 ${execution}`,
    },
  ];
}
