/** A year and its agencies as staff see them. */
import * as z from 'zod/mini';
import { FilingType, Nature } from '../../../shared/domain/agency.ts';
import { CYCLE_STATUSES, type CycleStatus } from '../../../shared/domain/cycle.ts';
import { DOSSIER_STATUSES, type DossierStatus } from '../../../shared/domain/dossier.ts';
import { GATE_NAMES } from '../../../shared/domain/gates.ts';
import { Actor } from '../../../shared/domain/history.ts';
import { Rubric } from '../../../shared/domain/rubric.ts';
import { Inspector, Settings } from '../../../shared/domain/settings.ts';
import { api } from '../session/api.ts';

const Waiting = z.looseObject({
  gate: z.enum(GATE_NAMES),
  attempt: z.int(),
  openedAt: z.string(),
  deadline: z.nullish(z.string()),
});

export const HistoryLine = z.looseObject({
  seq: z.int(),
  at: z.string(),
  by: Actor,
  type: z.string(),
  data: z.looseObject({}),
  reason: z.nullish(z.string()),
  hash: z.string(),
});
export type HistoryLine = z.infer<typeof HistoryLine>;

/** With what it takes to check that each entry follows on the one before it. */
export const SealedLine = z.extend(HistoryLine, { reason: z.optional(z.string()), previous: z.string() });
export type SealedLine = z.infer<typeof SealedLine>;

/** What every run shows of where it stands. */
export const RunView = z.looseObject({
  year: z.int(),
  status: z.string(),
  gate: z._default(z.nullable(Waiting), null),
  waiting: z._default(z.int(), 0),
  history: z._default(z.array(HistoryLine), []),
});
export type RunView = z.infer<typeof RunView>;

export const YearView = z.extend(RunView, {
  status: z.enum(Object.keys(CYCLE_STATUSES) as CycleStatus[]),
  settings: Settings,
  inspectors: z.array(Inspector),
  setAside: z.int(),
  sampleData: z.boolean(),
  scanning: z.string(),
  escalations: z.array(z.looseObject({})),
  notice: z.nullable(
    z.looseObject({
      commitment: z.string(),
      referenceMonth: z.string(),
      eligible: z.int(),
      leftOut: z.int(),
    }),
  ),
  draw: z.nullable(z.looseObject({ record: z.string(), digest: z.string(), visits: z.int() })),
  seed: z.nullable(z.string()),
});
export type YearView = z.infer<typeof YearView>;

const WholeYear = z.extend(YearView, { rubric: Rubric });
export type WholeYear = z.infer<typeof WholeYear>;

/** All years, the newest first. */
export const readYears = async (): Promise<YearView[]> =>
  (await api.get('/cycles', z.array(YearView))).sort((a, b) => b.year - a.year);

export const readYear = (year: number | string): Promise<WholeYear> => api.get(`/cycles/${year}`, WholeYear);

/** Null where the year has had no such run. */
export const readRun = (path: string): Promise<RunView | null> => api.get(path, z.nullable(RunView));

export const DossierLine = z.looseObject({
  filingNumber: z.string(),
  name: z.string(),
  filingType: FilingType,
  nature: Nature,
  status: z.enum(Object.keys(DOSSIER_STATUSES) as DossierStatus[]),
  flags: z.int(),
  untreatedFlags: z.int(),
  inspectors: z.array(z.string()),
  objections: z.int(),
  openObjections: z.int(),
  undecidedItems: z.int(),
  pendingRecusals: z.int(),
  score: z.nullable(z.looseObject({ total: z.string(), stars: z.int(), result: z.string() })),
  /** Open cases for a veto, and whose turn it is. */
  vetoes: z.array(
    z.looseObject({
      id: z.string(),
      stage: z.enum(['hearing', 'confirming', 'signing']),
      roles: z.array(z.string()),
      hands: z.array(z.string()),
    }),
  ),
  /** What the agency said that nobody has replied to yet. */
  reply: z.nullable(z.looseObject({ dueBy: z.nullable(z.string()) })),
  setAside: z.nullable(z.looseObject({ step: z.string(), reason: z.string() })),
});
export type DossierLine = z.infer<typeof DossierLine>;

/** A list that comes in pages, read to its end. */
export async function readAll<T>(path: string, line: z.ZodMiniType<T>): Promise<T[]> {
  const Page = z.looseObject({ records: z.array(line), cursor: z.nullable(z.string()) });
  const lines: T[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    const page: z.infer<typeof Page> = await api.get(path + query, Page);
    lines.push(...page.records);
    cursor = page.cursor;
  } while (cursor !== null);
  return lines;
}

export const readDossierLines = (year: number | string): Promise<DossierLine[]> =>
  readAll(`/cycles/${year}/dossiers`, DossierLine);
