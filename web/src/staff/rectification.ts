/** The rectification of a year as staff and its inspectors read it. */
import * as z from 'zod/mini';
import { Commitment } from '../../../shared/domain/dossier.ts';
import { EvidenceRef } from '../../../shared/domain/facts.ts';
import {
  ItemCheck,
  RECTIFICATION_STATUSES,
  type RectificationStatus,
} from '../../../shared/domain/rectification.ts';
import {
  RECTIFICATION_RUN_STATUSES,
  type RectificationRun,
} from '../../../shared/domain/rectification-run.ts';
import { Representative } from '../../../shared/domain/visit.ts';
import { api } from '../session/api.ts';
import { RunView, readAll, SealedLine } from './cycle.ts';

const STATUSES = Object.keys(RECTIFICATION_STATUSES) as RectificationStatus[];
const RUN_STATUSES = Object.keys(RECTIFICATION_RUN_STATUSES) as RectificationRun['status'][];

const Lots = z.looseObject({
  visits: z.array(
    z.looseObject({ filingNumber: z.string(), lot: z.string(), inspectors: z.array(z.string()) }),
  ),
});

export const RectificationYear = z.extend(RunView, {
  status: z.enum(RUN_STATUSES),
  round: z.optional(z.int()),
  draw: z.nullish(Lots),
  setAside: z._default(z.array(z.looseObject({ filingNumber: z.string(), reason: z.string() })), []),
});
export type RectificationYear = z.infer<typeof RectificationYear>;

export const RectificationLine = z.looseObject({
  filingNumber: z.string(),
  name: z.string(),
  status: z.enum(STATUSES),
  items: z.array(z.string()),
  corrected: z.int(),
  deadline: z.string(),
  inspectors: z.array(z.string()),
  /** Inspectors whose record is missing; of inspectors themselves only whoever reads. */
  awaits: z.array(z.string()),
});
export type RectificationLine = z.infer<typeof RectificationLine>;

const Item = z.looseObject({
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
export type RectifiedItem = z.infer<typeof Item>;

const Record = z.looseObject({
  checks: z.array(ItemCheck),
  representative: Representative,
  visitedOn: z.string(),
});

/** History as it is sealed, so that its chain can be checked here. */
export const RectificationView = z.looseObject({
  year: z.int(),
  filingNumber: z.string(),
  agency: z.looseObject({ name: z.string() }),
  status: z.enum(STATUSES),
  deadline: z.string(),
  items: z.array(Item),
  submission: z.optional(z.looseObject({ commitment: Commitment, at: z.string() })),
  recheck: z.optional(
    z.looseObject({ inspectors: z.array(z.string()), records: z.record(z.string(), Record) }),
  ),
  verdict: z.optional(
    z.looseObject({ verdict: z.enum(['passed', 'failedAgain']), by: z.string(), reason: z.string() }),
  ),
  openItems: z._default(z.array(z.string()), []),
  history: z._default(z.array(SealedLine), []),
});
export type RectificationView = z.infer<typeof RectificationView>;

export const rectificationPath = (year: number | string, filingNumber: string) =>
  `/cycles/${year}/rectifications/${filingNumber}`;

/** Null where there was never anything to rectify. */
export const readRectificationYear = (year: number | string): Promise<RectificationYear | null> =>
  api.get(`/cycles/${year}/rectification`, z.nullable(RectificationYear));

export const readRectificationLines = (year: number | string): Promise<RectificationLine[]> =>
  readAll(`/cycles/${year}/rectifications`, RectificationLine);

export const readRectification = (year: number | string, filingNumber: string): Promise<RectificationView> =>
  api.get(rectificationPath(year, filingNumber), RectificationView);
