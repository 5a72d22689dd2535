/** The corrections of a published year as staff read them. */
import * as z from 'zod/mini';
import { AgencyChange, CORRECTION_STATUSES, type CorrectionRun } from '../../../shared/domain/correction.ts';
import { api } from '../session/api.ts';
import { RunView } from './cycle.ts';

const Sheet = z.looseObject({ total: z.string(), stars: z.int(), result: z.string() });
const Figures = z.looseObject({
  bands: z.array(z.looseObject({ stars: z.int(), name: z.string(), count: z.int(), percent: z.string() })),
  averageExecutionRate: z.nullable(z.string()),
});

/** What a correction changes: of each agency, and in the year's figures. */
export const Effect = z.looseObject({
  outcomes: z.array(
    z.looseObject({ filingNumber: z.string(), name: z.string(), before: z.nullable(Sheet), after: Sheet }),
  ),
  figures: z.looseObject({ before: Figures, after: Figures }),
});
export type Effect = z.infer<typeof Effect>;

export const CorrectionYear = z.extend(RunView, {
  ...Effect.shape,
  status: z.enum(Object.keys(CORRECTION_STATUSES) as CorrectionRun['status'][]),
  round: z.int(),
  changes: z.array(AgencyChange),
  reason: z.string(),
});
export type CorrectionYear = z.infer<typeof CorrectionYear>;

const Version = z.looseObject({
  version: z.int(),
  kind: z.enum(['results', 'rectification', 'correction']),
  title: z.string(),
  publishedOn: z.nullable(z.string()),
  manifest: z.string(),
  supersededBy: z.nullable(z.int()),
});
export type Version = z.infer<typeof Version>;

export const correctionPath = (year: number | string) => `/cycles/${year}/correction`;

/** Null where nothing was ever corrected. */
export const readCorrection = (year: number | string): Promise<CorrectionYear | null> =>
  api.get(correctionPath(year), z.nullable(CorrectionYear));

export const readVersions = (year: number | string): Promise<Version[]> =>
  api.get(`/public/${year}/versions`, z.array(Version));

export const previewCorrection = (year: number, changes: readonly AgencyChange[]): Promise<Effect> =>
  api.post(`${correctionPath(year)}-preview`, { changes }, Effect);
