/** The shapes of the folder's YAML files. What the domain has a schema for is checked by that schema. */
import * as z from 'zod';
import { FilingNumber } from '../../../shared/domain/agency.ts';
import { CivilDate } from '../../../shared/domain/calendar.ts';
import { Correction } from '../../../shared/domain/corrected-facts.ts';
import { FLAG_CODES } from '../../../shared/domain/flag.ts';
import { ASSESSMENT_GATES } from '../../../shared/domain/gates.ts';
import { Inspector, Settings } from '../../../shared/domain/settings.ts';
import type { DecidedGate } from './types.ts';

const Person = z.strictObject({ id: z.string().min(1), name: z.string().min(1) });

export const SettingsFile = z.strictObject({
  year: z.int().min(2000).max(2099),
  startsOn: CivilDate,
  seed: z.union([z.string().min(1), z.number()]).optional(),
  settings: Settings,
  staff: z.strictObject({
    handlers: z.array(Person).min(1),
    approvers: z.array(Person).min(1),
    directors: z.array(Person).min(1),
    auditors: z.array(Person).default([]),
    inspectors: z.array(Inspector).default([]),
  }),
});
export type SettingsFile = z.infer<typeof SettingsFile>;

const afterDays = z.int().min(0).max(60).default(1);
const reason = z.string().min(1, '请写明理由');

const PlannedDecision = z.strictObject({
  by: z.string(),
  verdict: z.enum(['approve', 'return', 'cancel']),
  reason,
  agencies: z.array(FilingNumber).default([]),
  afterDays,
});

export const DECIDED_GATES = (Object.keys(ASSESSMENT_GATES) as (keyof typeof ASSESSMENT_GATES)[]).filter(
  (gate): gate is DecidedGate => ASSESSMENT_GATES[gate].waitsFor === 'decision',
);

const gates = Object.fromEntries(
  DECIDED_GATES.map((gate) => [gate, z.array(PlannedDecision).default([])]),
) as Record<DecidedGate, z.ZodDefault<z.ZodArray<typeof PlannedDecision>>>;

const Reply = z.strictObject({
  filingNumber: FilingNumber,
  number: z.int().min(1),
  by: z.string(),
  verdict: z.enum(['upheld', 'rejected']),
  reason,
  corrections: z.array(Correction).default([]),
  afterDays,
});

export const DecisionsFile = z.strictObject({
  ...gates,
  deskReview: z.strictObject({
    by: z.string(),
    reason,
    corrections: z.array(Correction.extend({ filingNumber: FilingNumber })).default([]),
    acceptedFlags: z
      .array(
        z.strictObject({
          filingNumber: FilingNumber.optional(),
          code: z.enum(FLAG_CODES).optional(),
          item: z.string().optional(),
          reason,
        }),
      )
      .default([]),
    notApplicable: z
      .array(
        z.strictObject({
          filingNumber: FilingNumber,
          item: z.string(),
          approve: z.boolean(),
          by: z.string(),
          reason,
        }),
      )
      .default([]),
    afterDays,
  }),
  answers: z.array(Reply.extend({ number: z.literal(1).default(1) })).default([]),
  objections: z.array(Reply).default([]),
});
export type DecisionsFile = z.infer<typeof DecisionsFile>;

export const ObjectionFile = z.strictObject({
  items: z.array(z.string()).min(1, '请写明对哪些项目有意见'),
  reason,
  evidence: z.array(z.strictObject({ file: z.string().min(1), effectiveOn: CivilDate })).default([]),
  raisedOn: CivilDate.optional(),
});
