/** The shapes of the folder's YAML files. What the domain has a schema for is checked by that schema. */
import * as z from 'zod/mini';
import { FilingNumber } from '../../../shared/domain/agency.ts';
import { CivilDate } from '../../../shared/domain/calendar.ts';
import { Correction } from '../../../shared/domain/corrected-facts.ts';
import { Facts } from '../../../shared/domain/facts.ts';
import { FLAG_CODES } from '../../../shared/domain/flag.ts';
import { ASSESSMENT_GATES } from '../../../shared/domain/gates.ts';
import { Inspector, Settings } from '../../../shared/domain/settings.ts';
import type { DecidedGate } from './types.ts';

const Person = z.strictObject({
  id: z.string().check(z.minLength(1)),
  name: z.string().check(z.minLength(1)),
});

export const SettingsFile = z.strictObject({
  year: z.int().check(z.gte(2000), z.lte(2099)),
  startsOn: CivilDate,
  seed: z.optional(z.union([z.string().check(z.minLength(1)), z.number()])),
  settings: Settings,
  staff: z.strictObject({
    handlers: z.array(Person).check(z.minLength(1)),
    approvers: z.array(Person).check(z.minLength(1)),
    directors: z.array(Person).check(z.minLength(1)),
    auditors: z._default(z.array(Person), []),
    inspectors: z._default(z.array(Inspector), []),
  }),
});
export type SettingsFile = z.infer<typeof SettingsFile>;

const afterDays = z._default(z.int().check(z.gte(0), z.lte(60)), 1);
const reason = z.string().check(z.minLength(1, '请写明理由'));

const PlannedDecision = z.strictObject({
  by: z.string(),
  verdict: z.enum(['approve', 'return', 'cancel']),
  reason,
  agencies: z._default(z.array(FilingNumber), []),
  afterDays,
});

export const DECIDED_GATES = (Object.keys(ASSESSMENT_GATES) as (keyof typeof ASSESSMENT_GATES)[]).filter(
  (gate): gate is DecidedGate => ASSESSMENT_GATES[gate].waitsFor === 'decision',
);

const gates = Object.fromEntries(
  DECIDED_GATES.map((gate) => [gate, z._default(z.array(PlannedDecision), [])]),
) as Record<DecidedGate, z.ZodMiniDefault<z.ZodMiniArray<typeof PlannedDecision>>>;

const Reply = z.strictObject({
  filingNumber: FilingNumber,
  number: z.int().check(z.gte(1)),
  by: z.string(),
  verdict: z.enum(['upheld', 'rejected']),
  reason,
  corrections: z._default(z.array(Correction), []),
  afterDays,
});

export const DecisionsFile = z.strictObject({
  ...gates,
  deskReview: z.strictObject({
    by: z.string(),
    reason,
    corrections: z._default(z.array(z.extend(Correction, { filingNumber: FilingNumber })), []),
    acceptedFlags: z._default(
      z.array(
        z.strictObject({
          filingNumber: z.optional(FilingNumber),
          code: z.optional(z.enum(FLAG_CODES)),
          item: z.optional(z.string()),
          reason,
        }),
      ),
      [],
    ),
    notApplicable: z._default(
      z.array(
        z.strictObject({
          filingNumber: FilingNumber,
          item: z.string(),
          approve: z.boolean(),
          by: z.string(),
          reason,
        }),
      ),
      [],
    ),
    afterDays,
  }),
  jointEntries: z._default(
    z.array(z.strictObject({ filingNumber: FilingNumber, item: z.string(), recorded: Facts, reason })),
    [],
  ),
  answers: z._default(z.array(z.extend(Reply, { number: z._default(z.literal(1), 1) })), []),
  objections: z._default(z.array(Reply), []),
});
export type DecisionsFile = z.infer<typeof DecisionsFile>;

export const ObjectionFile = z.strictObject({
  items: z.array(z.string()).check(z.minLength(1, '请写明对哪些项目有意见')),
  reason,
  evidence: z._default(
    z.array(z.strictObject({ file: z.string().check(z.minLength(1)), effectiveOn: CivilDate })),
    [],
  ),
  raisedOn: z.optional(CivilDate),
});
