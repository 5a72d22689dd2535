/** Desk review 材料复核: what a comparison of declared figures and the platform's export warns of 异常预警. */
import * as z from 'zod';
import { compareScaled, truncated } from './exact.ts';
import type { Answers, Facts } from './facts.ts';
import { measured } from './item-score.ts';
import type { PlatformFigures } from './platform.ts';
import { factFields, type ItemOf, itemsOf, type Rubric } from './rubric.ts';
import type { ScoreSheet } from './score.ts';

export const FLAG_TITLES = {
  figureDiffers: '填报数与平台数不符',
  executedExceedsPlanned: '执行数超过计划数',
  rateOverHundred: '比率超过100%',
  evidenceMissing: '缺少佐证材料',
  evidenceDuplicated: '佐证材料与其他机构相同',
  highScoreLowExecution: '自评90分以上而计划执行率低于60%',
} as const;

export const Flag = z.strictObject({
  code: z.enum(Object.keys(FLAG_TITLES) as [keyof typeof FLAG_TITLES, ...(keyof typeof FLAG_TITLES)[]]),
  item: z.string().optional(),
  /** Both figures and where they come from, in Chinese. */
  detail: z.string(),
});
export type Flag = z.infer<typeof Flag>;

export interface DeskReviewInput {
  rubric: Rubric;
  answers: Answers;
  platform: PlatformFigures | undefined;
  tolerancePercent: number;
  selfScore: ScoreSheet;
  /** SHA-256 of this agency's files → filing numbers of other agencies that filed the same bytes. */
  sharedEvidence: ReadonlyMap<string, readonly string[]>;
}

export function raiseFlags(input: DeskReviewInput): Flag[] {
  const { rubric, answers } = input;
  const flags: Flag[] = [];
  for (const item of itemsOf(rubric)) {
    const answer = answers.items[item.code];
    if (!answer?.facts) continue;
    if (item.kind === 'banded' && answer.facts.kind === 'banded') {
      flags.push(...figureFlags(item, answer.facts, input), ...rateFlags(item, answer.facts, rubric));
    }
    const evidence = answer.evidence ?? [];
    if (item.evidenceRequired && evidence.length === 0) {
      flags.push({
        code: 'evidenceMissing',
        item: item.code,
        detail: `${item.code} ${item.title}未附佐证材料`,
      });
    }
    for (const file of evidence) {
      const others = input.sharedEvidence.get(file.sha256) ?? [];
      if (others.length > 0) {
        const detail = `《${file.fileName}》与 ${others.join('、')} 提交的文件内容相同`;
        flags.push({ code: 'evidenceDuplicated', item: item.code, detail });
      }
    }
  }
  return [...flags, ...scoreFlags(input)];
}

type BandedFacts = Extract<Facts, { kind: 'banded' }>;

function figureFlags(item: ItemOf<'banded'>, facts: BandedFacts, input: DeskReviewInput): Flag[] {
  return factFields(item).flatMap((field) => {
    const declared = facts.values[field.key];
    const onPlatform = field.platform && input.platform?.[field.platform];
    if (declared === undefined || onPlatform === undefined) return [];
    const differs = Math.abs(declared - onPlatform) * 100 > onPlatform * input.tolerancePercent;
    const detail = `${item.code} ${field.label}：自评填报 ${declared}，平台导出 ${onPlatform}`;
    return differs ? [{ code: 'figureDiffers' as const, item: item.code, detail }] : [];
  });
}

function rateFlags(item: ItemOf<'banded'>, facts: BandedFacts, rubric: Rubric): Flag[] {
  if (item.measure.type !== 'rate') return [];
  const { numerator, denominator } = measured(item, facts.values);
  if (numerator <= denominator) return [];
  const { numerator: over, denominator: under } = item.measure;
  const code = item.code === rubric.measures.executionRate ? 'executedExceedsPlanned' : 'rateOverHundred';
  const detail = `${item.code} ${over.label} ${numerator}，大于${under.label} ${denominator}`;
  return [{ code, item: item.code, detail }];
}

function scoreFlags({ rubric, answers, selfScore }: DeskReviewInput): Flag[] {
  const item = itemsOf(rubric).find(({ code }) => code === rubric.measures.executionRate);
  const facts = item && answers.items[item.code]?.facts;
  if (item?.kind !== 'banded' || facts?.kind !== 'banded') return [];
  const rate = measured(item, facts.values);
  if (rate.denominator === 0 || compareScaled(selfScore.exact, 100, 90_000) < 0) return [];
  if (compareScaled(rate, 100, 60_000) >= 0) return [];
  const detail = `自评 ${selfScore.total} 分，计划执行率 ${truncated(rate, 100, 2)}%`;
  return [{ code: 'highScoreLowExecution', item: item.code, detail }];
}
