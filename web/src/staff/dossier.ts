/** The dossier of one agency as staff see it: all rounds, all facts, all that was decided. */
import * as z from 'zod/mini';
import { Agency } from '../../../shared/domain/agency.ts';
import { Correction } from '../../../shared/domain/corrected-facts.ts';
import { agreedFinding } from '../../../shared/domain/counted-facts.ts';
import { Commitment, DOSSIER_STATUSES, type DossierStatus } from '../../../shared/domain/dossier.ts';
import { Answers, EvidenceRef, type Facts } from '../../../shared/domain/facts.ts';
import { Figure } from '../../../shared/domain/flag.ts';
import { canonicalJson } from '../../../shared/domain/history.ts';
import type { ScoreSheet } from '../../../shared/domain/score.ts';
import type { VetoCase } from '../../../shared/domain/veto.ts';
import { Representative, type Visit } from '../../../shared/domain/visit.ts';
import { api } from '../session/api.ts';
import { SealedLine } from './cycle.ts';
import { JointView } from './visit-record.ts';

const VisitView = z.looseObject({
  inspectors: z.array(z.string()),
  vacant: z._default(z.array(z.looseObject({ inspector: z.string(), place: z.int() })), []),
  reasons: z.array(z.string()),
  findings: z.record(z.string(), z.looseObject({ answers: Answers, representative: Representative })),
  tolerancePercent: z.int(),
  joint: z.optional(JointView),
});

const Request = z.looseObject({
  inspector: z.string(),
  by: z.looseObject({ id: z.string(), role: z.string() }),
  reason: z.string(),
  at: z.string(),
  granted: z.optional(z.boolean()),
  decision: z.optional(z.string()),
});

const Material = z.looseObject({
  at: z.string(),
  content: z.string(),
  documents: z.array(z.string()),
  answerBy: z.string(),
  outcome: z.optional(z.enum(['answered', 'unanswered'])),
  answer: z.optional(z.looseObject({ content: z.string(), evidence: z.array(EvidenceRef) })),
});

const Exchange = z.looseObject({
  id: z.string(),
  items: z.array(z.string()),
  reason: z.string(),
  raisedAt: z.string(),
  dueBy: z.optional(z.string()),
  materials: z._default(z.array(Material), []),
  evidence: z.optional(z.array(EvidenceRef)),
  verdict: z.optional(z.enum(['upheld', 'rejected'])),
  decision: z.optional(z.string()),
});

const FlagLine = z.looseObject({
  id: z.string(),
  code: z.string(),
  item: z.optional(z.string()),
  detail: z.string(),
  figures: z.optional(z.tuple([Figure, Figure])),
  treatment: z.optional(
    z.looseObject({ treatment: z.enum(['accepted', 'corrected']), by: z.string(), reason: z.string() }),
  ),
});

/** History as it is sealed, so that its chain can be checked here. */
export const StaffDossier = z.looseObject({
  year: z.int(),
  filingNumber: z.string(),
  status: z.enum(Object.keys(DOSSIER_STATUSES) as DossierStatus[]),
  agency: Agency,
  leftOut: z.optional(z.looseObject({ reason: z.string(), source: z.optional(z.string()) })),
  submission: z.optional(
    z.looseObject({
      answers: Answers,
      commitment: Commitment,
      claimed: z.string(),
      digest: z.string(),
      at: z.string(),
    }),
  ),
  returnedFor: z.optional(z.string()),
  flags: z.array(FlagLine),
  desk: z.optional(z.looseObject({ answers: Answers, corrections: z.array(Correction) })),
  notApplicable: z.array(z.string()),
  /** Declared not applicable and not decided yet. */
  undecidedItems: z.array(z.string()),
  corrections: z.array(Correction),
  visit: z.optional(VisitView),
  recusals: z.array(Request),
  answers: z.array(Exchange),
  objections: z.array(Exchange),
  vetoCases: z.array(z.custom<VetoCase>((value) => typeof value === 'object' && value !== null)),
  setAside: z.optional(z.looseObject({ step: z.string(), reason: z.string() })),
  revoked: z.optional(z.string()),
  score: z.optional(z.custom<ScoreSheet>((value) => typeof value === 'object' && value !== null)),
  history: z.array(SealedLine),
});
export type StaffDossier = z.infer<typeof StaffDossier>;

export const dossierPath = (year: number | string, filingNumber: string) =>
  `/cycles/${year}/dossiers/${filingNumber}`;

export const readDossier = (year: string, filingNumber: string): Promise<StaffDossier> =>
  api.get(dossierPath(year, filingNumber), StaffDossier);

/** What the inspectors found together, or nothing while they differ or are not done. */
export const inspectedAnswers = ({ visit }: Pick<StaffDossier, 'visit'>): Answers | undefined =>
  agreedFinding(visit as Visit | undefined);

/** Whether two people put down the same for an item, reasons and order aside. */
export function sameFacts(one: Facts | undefined, other: Facts | undefined): boolean {
  return canonicalJson(bare(one) ?? null) === canonicalJson(bare(other) ?? null);
}

function bare(facts: Facts | undefined) {
  if (facts?.kind === 'graded') return { grade: facts.grade };
  if (facts?.kind === 'checklist') return { ticked: [...facts.ticked].sort() };
  return facts;
}
