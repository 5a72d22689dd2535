/** Flags 异常预警: what a comparison warns of, with both figures and where each comes from, and how a handler dealt with it. */
import * as z from 'zod/mini';
import { Correction } from './corrected-facts.ts';
import { digestOf } from './digest.ts';
import type { Actor } from './history.ts';

export const FLAG_TITLES = {
  figureDiffers: '填报数与平台数不符',
  executedExceedsPlanned: '执行数超过计划数',
  rateOverHundred: '比率超过100%',
  evidenceMissing: '缺少佐证材料',
  evidenceDuplicated: '佐证材料与其他机构相同',
  evidenceReused: '同一佐证材料用于多个项目',
  evidenceOutsidePeriod: '佐证材料的形成日期不在评估期间',
  complaintsUnderstated: '申报的属实投诉少于登记数',
  highScoreLowExecution: '自评90分以上而计划执行率低于60%',
} as const;
export type FlagCode = keyof typeof FLAG_TITLES;
export const FLAG_CODES = Object.keys(FLAG_TITLES) as [FlagCode, ...FlagCode[]];

export const FIGURE_SOURCES = {
  selfEvaluation: '机构自评',
  platform: '省平台导出数据',
  evidence: '佐证材料',
  otherAgencies: '其他机构的佐证材料',
  complaints: '投诉登记',
  rubric: '评分标准',
  settings: '评估设置',
} as const;
const SOURCE_NAMES = Object.keys(FIGURE_SOURCES) as (keyof typeof FIGURE_SOURCES)[];

/** One side of a comparison: what it says, under which heading, and where it comes from. */
export const Figure = z.strictObject({
  source: z.enum(SOURCE_NAMES),
  label: z.string(),
  value: z.union([z.number(), z.string()]),
});
export type Figure = z.infer<typeof Figure>;

export const Flag = z.strictObject({
  code: z.enum(FLAG_CODES),
  item: z.optional(z.string()),
  /** What the agency says, and what that was held against. Absent in flags of former times. */
  figures: z.optional(z.tuple([Figure, Figure])),
  /** The same in a Chinese sentence. */
  detail: z.string(),
});
export type Flag = z.infer<typeof Flag>;

/** Names a flag by what it says: when its figures change it is another flag, which nobody has dealt with. */
export function flagId(flag: Flag): string {
  return digestOf(flag).slice(0, 16);
}

/**
 * What a handler decided about flags, with a reason: the declaration is accepted as it stands, or these facts count
 * instead. The third way, handing the form back, is an action of the dossier's own.
 */
export const FlagTreatment = z.strictObject({
  /** By {@link flagId}. */
  flags: z.array(z.string()).check(z.minLength(1)),
  treatment: z.enum(['accepted', 'corrected']),
  corrections: z._default(z.array(Correction), []),
});
export type FlagTreatment = z.infer<typeof FlagTreatment>;

export interface Treated extends FlagTreatment {
  by: Actor;
  at: string;
  reason: string;
}

export interface Flagged {
  flags: readonly Flag[];
  treatments: readonly Treated[];
}

/** The last decision about a flag. */
export function treatmentOf({ treatments }: Pick<Flagged, 'treatments'>, flag: Flag): Treated | undefined {
  const id = flagId(flag);
  return treatments.findLast(({ flags }) => flags.includes(id));
}

export function untreatedFlags(flagged: Flagged): Flag[] {
  return flagged.flags.filter((flag) => !treatmentOf(flagged, flag));
}

/** A flag as it is shown and archived: with the last decision about it, if there is one. */
export function treatedFlag(flagged: Pick<Flagged, 'treatments'>, flag: Flag) {
  const treated = treatmentOf(flagged, flag);
  if (!treated) return flag;
  const { treatment, by, at, reason } = treated;
  return { ...flag, treatment: { treatment, by: by.name, at, reason } };
}

/** Facts that count instead of the declared ones: those of the last decision about each flag that still stands. */
export function treatedCorrections(flagged: Flagged): Correction[] {
  return flagged.treatments.flatMap((treated) => {
    const standing = flagged.flags.filter((flag) => treatmentOf(flagged, flag) === treated);
    return treated.corrections.filter((correction) => standing.some((flag) => concerns(flag, correction)));
  });
}

/** Whether a correction can answer a flag: it is about the flag's item, or the flag is about no item in particular. */
export function concerns({ item }: Flag, correction: Correction): boolean {
  return item === undefined || item === correction.item;
}
