/** A cycle's settings 评估年度设置: every figure of the rules that a city may choose, with its default. */
import * as z from 'zod/mini';
import { FilingNumber } from './agency.ts';
import { CivilDate, DeclaredDays, Month } from './calendar.ts';
import { EVIDENCE_TYPE_NAMES, EVIDENCE_TYPES, type EvidenceType } from './evidence-types.ts';
import { Words } from './schemas.ts';

export const Exclusion = z.strictObject({
  filingNumber: FilingNumber,
  reason: z.string().check(z.minLength(1, '须写明不参评的原因')),
  /** The document or decision that says so. */
  source: z.optional(z.string()),
});
export type Exclusion = z.infer<typeof Exclusion>;

/** A person of the centre's list of inspectors 督导员, with the agencies they must keep away from 回避. */
export const Inspector = z.strictObject({
  id: Words,
  name: Words,
  /** Kin or a colleague there, a declared interest: in words. */
  recusals: z._default(z.array(z.strictObject({ filingNumber: FilingNumber, reason: Words })), []),
  /** Agencies they work for, or left on a day. */
  employers: z.optional(
    z.array(z.strictObject({ filingNumber: FilingNumber, leftOn: z.optional(CivilDate) })),
  ),
});
export type Inspector = z.infer<typeof Inspector>;

const DEFAULT_TYPES = Object.fromEntries(
  EVIDENCE_TYPE_NAMES.map((type) => [type, EVIDENCE_TYPES[type].megabytes]),
) as Record<EvidenceType, number>;

/** What agencies may file as evidence 佐证材料. */
export const EvidenceSettings = z.strictObject({
  /** Accepted types, each with its size limit in MB. */
  types: z._default(
    z
      .partialRecord(z.enum(EVIDENCE_TYPE_NAMES), z.int().check(z.gte(1), z.lte(2000)))
      .check(z.refine((types) => Object.keys(types).length > 0, '至少接受一种文件类型')),
    DEFAULT_TYPES,
  ),
  /** All files of one agency in the year together, in MB and in number. */
  agencyMegabytes: z._default(z.int().check(z.gte(1)), 2048),
  agencyFiles: z._default(z.int().check(z.gte(1), z.lte(1000)), 300),
  /** The largest picture, in millions of pixels. */
  imageMegapixels: z._default(z.int().check(z.gte(1), z.lte(1000)), 100),
});
export type EvidenceSettings = z.infer<typeof EvidenceSettings>;

/** The days that are assessed 评估期间, both included. */
export const Period = z
  .strictObject({ from: CivilDate, to: CivilDate })
  .check(
    z.refine(({ from, to }) => from <= to, { message: '评估期间的起始日期不能晚于终止日期', path: ['to'] }),
  );
export type Period = z.infer<typeof Period>;

const MONTHS_OF_RECTIFICATION =
  '整改期限为 1 至 9 个月：整改、复查和认定须在一年内办结。确需延长的，办理时可以调整截止时间';

export const Settings = z.strictObject({
  /** The centre as it signs: `淮南市职业技能鉴定中心`. */
  centre: Words,
  city: Words,
  /** First two digits of the serial that filings of this city usually have; empty: do not compare. */
  cityCode: z._default(z.string().check(z.regex(/^(\d{2})?$/)), ''),
  recipients: z._default(Words, '各县区人社局，技能人才评价机构'),
  /** Document numbers as printed: `职技函〔2022〕4号`. */
  documents: z._default(
    z.partial(
      z.strictObject({
        notice: z.string(),
        plan: z.string(),
        announcement: z.string(),
        circular: z.string(),
      }),
    ),
    {},
  ),
  /** What is published of each band, by its stars: the agencies' names, or only how many there are. */
  bandPublication: z._default(z.record(z.string().check(z.regex(/^\d$/)), z.enum(['named', 'counted'])), {
    5: 'named',
    4: 'named',
    3: 'named',
    0: 'counted',
  }),
  /** How the centre is reached, printed where a document asks for objections or materials. */
  contact: z._default(z.string().check(z.maxLength(200)), ''),
  /** A filing must have run a full year by the end of this month; the month of the notice if absent. */
  filingReferenceMonth: z.optional(Month),
  exclusions: z._default(z.array(Exclusion), []),
  selfEvaluationWorkingDays: z._default(z.int().check(z.gte(1), z.lte(60)), 10),
  sampling: z._default(
    z.strictObject({ percent: z.int().check(z.gte(0), z.lte(100)), atLeast: z.int().check(z.gte(0)) }),
    { percent: 30, atLeast: 3 },
  ),
  inspectorsPerVisit: z._default(z.int().check(z.gte(1), z.lte(5)), 2),
  /** Whoever left an agency less than so many years before the draw does not visit it. */
  recusalYears: z._default(z.int().check(z.gte(0), z.lte(10)), 2),
  visitWorkingDays: z._default(z.int().check(z.gte(1), z.lte(90)), 15),
  /** Figures that two inspectors recorded further apart than this, in per cent of the higher one, need a joint entry. */
  visitTolerancePercent: z._default(z.int().check(z.gte(0), z.lte(100)), 0),
  /** To answer a draft result. */
  draftResultWorkingDays: z._default(z.int().check(z.gte(1), z.lte(30)), 3),
  /** The centre's reply to an answer to a draft result, in calendar days. */
  answerReplyDays: z._default(z.int().check(z.gte(1), z.lte(60)), 10),
  /** To say something on new material or on an accusation. */
  statementWorkingDays: z._default(z.int().check(z.gte(1), z.lte(30)), 3),
  announcementWorkingDays: z._default(z.int().check(z.gte(1), z.lte(30)), 5),
  objectionDecisionDays: z._default(z.int().check(z.gte(1), z.lte(60)), 15),
  /** Whoever is late is reminded this many working days before a deadline. */
  reminderWorkingDaysBefore: z._default(
    z.array(z.int().check(z.gte(1), z.lte(30))).check(z.maxLength(5)),
    [3, 1],
  ),
  /** Working days without an act: after the first the role is called again, after each further one the next role up is told. */
  escalateAfterWorkingDays: z._default(
    z.array(z.int().check(z.gte(1), z.lte(60))).check(z.maxLength(4)),
    [3, 5],
  ),
  /** Nine months are at most 276 days: the gate waits {@link GATE_DAYS}, and re-check and verdict must fit into the run's year. */
  rectificationMonths: z._default(
    z.int().check(z.gte(1, MONTHS_OF_RECTIFICATION), z.lte(9, MONTHS_OF_RECTIFICATION)),
    3,
  ),
  noActivityFails: z._default(z.boolean(), true),
  evidence: z.prefault(EvidenceSettings, {}),
  /** What evidence should date from; the calendar year being assessed if absent. */
  assessedPeriod: z.optional(Period),
  /** A declared figure that differs from the platform's by more is flagged, in per cent. */
  figureTolerancePercent: z._default(z.int().check(z.gte(0), z.lte(100)), 5),
  /** This many flags or more make an agency certain for the spot check. */
  flagsForCertainVisit: z._default(z.int().check(z.gte(1)), 3),
  /** A self score that exceeds the inspected one by more is flagged, in points. */
  scoreGapPoints: z._default(z.int().check(z.gte(0), z.lte(100)), 10),
  /** Public holidays and make-up days of a year that the calendar does not hold yet. */
  declaredDays: z._default(DeclaredDays, {}),
  /** Shown on every output: the data are samples, not a real assessment. */
  sampleData: z._default(z.boolean(), false),
});
export type Settings = z.infer<typeof Settings>;

/** The days that a year's cycle assesses, both included. */
export function periodOf({ assessedPeriod }: Pick<Settings, 'assessedPeriod'>, year: number): Period {
  return assessedPeriod ?? { from: `${year}-01-01`, to: `${year}-12-31` };
}
