/** What an agency's account reads of a year and of its own dossier. */
import * as z from 'zod/mini';
import { Agency } from '../../../shared/domain/agency.ts';
import { Commitment, DOSSIER_STATUSES, type DossierStatus } from '../../../shared/domain/dossier.ts';
import { Answers, EvidenceRef, Facts } from '../../../shared/domain/facts.ts';
import { Rubric } from '../../../shared/domain/rubric.ts';
import { FACT_SOURCES, type FactSource } from '../../../shared/domain/score.ts';
import { api } from '../session/api.ts';
import { CycleLine } from '../work/cycles.ts';

export const YearView = z.extend(CycleLine, {
  rubric: Rubric,
  noActivityFails: z.boolean(),
  centre: z.string(),
  contact: z.string(),
  assessedPeriod: z.nullable(z.object({ from: z.string(), to: z.string() })),
  scanning: z.enum(['none', 'clamav', 'guardDuty']),
});
export type YearView = z.infer<typeof YearView>;

const Round = z.object({
  at: z.string(),
  answers: Answers,
  claimed: z.string(),
  digest: z.string(),
  returnedFor: z.nullable(z.string()),
});
export type Round = z.infer<typeof Round>;

const ItemScore = z.object({
  code: z.string(),
  title: z.string(),
  possible: z.string(),
  outcome: z.enum(['scored', 'notScored', 'notApplicable']),
  earned: z.string(),
  rule: z.string(),
  facts: z.optional(Facts),
  source: z.optional(z.enum(Object.keys(FACT_SOURCES) as FactSource[])),
});

export const Score = z.object({
  items: z.array(ItemScore),
  earned: z.string(),
  applicable: z.string(),
  base: z.string(),
  bonus: z.object({
    points: z.string(),
    items: z.array(z.object({ code: z.string(), title: z.string(), points: z.string() })),
    note: z.optional(z.string()),
  }),
  total: z.string(),
  vetoes: z.array(z.object({ code: z.string(), title: z.string(), finding: z.string() })),
  stars: z.int(),
  result: z.string(),
});
export type Score = z.infer<typeof Score>;

const Material = z.object({
  at: z.string(),
  items: z.array(z.string()),
  documents: z.array(z.string()),
  content: z.string(),
  answerBy: z.string(),
  outcome: z.optional(z.enum(['answered', 'unanswered'])),
  answer: z.optional(z.object({ content: z.string() })),
});
export type Material = z.infer<typeof Material>;

/** What the agency said of a result, and what was replied. */
const Exchange = z.object({
  id: z.string(),
  items: z.array(z.string()),
  reason: z.string(),
  evidence: z.array(EvidenceRef),
  raisedAt: z.string(),
  dueBy: z.optional(z.string()),
  materials: z.array(Material),
  verdict: z.optional(z.enum(['upheld', 'rejected'])),
  decision: z.optional(z.string()),
});
export type Exchange = z.infer<typeof Exchange>;

/** A case for a veto as the agency sees its own. */
const OwnVeto = z.object({
  id: z.string(),
  code: z.string(),
  facts: z.string(),
  evidence: z.array(EvidenceRef),
  sources: z.array(z.object({ title: z.string(), on: z.string() })),
  proposedAt: z.string(),
  answerBy: z.string(),
  heard: z.boolean(),
  statement: z.nullable(z.object({ content: z.string() })),
  outcome: z.nullable(z.enum(['signed', 'rejected'])),
  decision: z.nullable(z.string()),
});
export type OwnVeto = z.infer<typeof OwnVeto>;

export const DossierView = z.looseObject({
  year: z.int(),
  filingNumber: z.string(),
  status: z.enum(Object.keys(DOSSIER_STATUSES) as DossierStatus[]),
  statusTitle: z.string(),
  agency: Agency,
  leftOut: z.optional(z.object({ reason: z.string() })),
  submission: z.optional(
    z.object({
      answers: Answers,
      commitment: Commitment,
      claimed: z.string(),
      digest: z.string(),
      at: z.string(),
    }),
  ),
  rounds: z.array(Round),
  returnedFor: z.optional(z.string()),
  answers: z.array(Exchange),
  objections: z.array(Exchange),
  vetoes: z.array(OwnVeto),
  draftResult: z.optional(
    z.object({
      sentAt: z.string(),
      items: z.array(z.object({ code: z.string(), reasons: z.array(z.string()) })),
    }),
  ),
  score: z.optional(Score),
  inspectors: z.array(z.string()),
  /** What the agency itself asked. */
  recusals: z.array(
    z.looseObject({
      inspector: z.string(),
      reason: z.string(),
      granted: z.optional(z.boolean()),
      decision: z.optional(z.string()),
    }),
  ),
});
export type DossierView = z.infer<typeof DossierView>;

export const Draft = z.object({ answers: Answers, savedAt: z.string(), version: z.int() });
export type Draft = z.infer<typeof Draft>;

/** One agency's dossier of one year. */
export interface Own {
  year: number;
  filingNumber: string;
}

export const dossierPath = ({ year, filingNumber }: Own): string =>
  `/cycles/${year}/dossiers/${filingNumber}`;

export const readYear = (year: number): Promise<YearView> => api.get(`/cycles/${year}`, YearView);
export const readDraft = (own: Own): Promise<Draft | null> =>
  api.get(`${dossierPath(own)}/draft`, z.nullable(Draft));

/** Undefined where the agency is not in that year's assessment. */
export async function readOwnDossier(own: Own): Promise<DossierView | undefined> {
  return (await api.get(dossierPath(own), z.nullable(DossierView))) ?? undefined;
}
