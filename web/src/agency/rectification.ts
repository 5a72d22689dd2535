/** What an agency that failed has to correct, as its account reads it. */
import * as z from 'zod/mini';
import { Commitment } from '../../../shared/domain/dossier.ts';
import { EvidenceRef } from '../../../shared/domain/facts.ts';
import { RECTIFICATION_STATUSES, type RectificationStatus } from '../../../shared/domain/rectification.ts';
import { api } from '../session/api.ts';
import type { Own } from './dossier.ts';

const Correcting = z.looseObject({
  code: z.string(),
  title: z.string(),
  found: z.string(),
  required: z.string(),
  owner: z.optional(z.string()),
  due: z.optional(z.string()),
  correction: z.optional(
    z.looseObject({ statement: z.string(), evidence: z.array(EvidenceRef), at: z.string() }),
  ),
});
export type Correcting = z.infer<typeof Correcting>;

export const Rectification = z.looseObject({
  year: z.int(),
  status: z.enum(Object.keys(RECTIFICATION_STATUSES) as RectificationStatus[]),
  statusTitle: z.string(),
  deadline: z.string(),
  items: z.array(Correcting),
  submission: z.optional(z.looseObject({ commitment: Commitment, at: z.string() })),
  verdict: z.optional(z.looseObject({ verdict: z.enum(['passed', 'failedAgain']), reason: z.string() })),
});
export type Rectification = z.infer<typeof Rectification>;

export const rectificationPath = ({ year, filingNumber }: Own): string =>
  `/cycles/${year}/rectifications/${filingNumber}`;

/** The API lists to an agency what is its own. */
const OwnLines = z.looseObject({ records: z.array(z.looseObject({})) });

/** Undefined where the agency has nothing to rectify. */
export async function readOwnRectification(own: Own): Promise<Rectification | undefined> {
  const { records } = await api.get(`/cycles/${own.year}/rectifications`, OwnLines);
  return records.length > 0 ? api.get(rectificationPath(own), Rectification) : undefined;
}
