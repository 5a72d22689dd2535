/** Recusal 回避: who must keep away from which agency, by the list of inspectors or by a decision on a request. */
import * as z from 'zod/mini';
import type { CivilDate } from './calendar.ts';
import type { Recusal } from './draw.ts';
import { entryOf } from './history.ts';
import type { Inspector } from './settings.ts';

export const RECUSAL_ENTRIES = [
  /** By the inspector, or by the agency; the reason is the entry's. Until it is decided the inspector holds still. */
  entryOf('recusalRequested', z.strictObject({ inspector: z.string() })),
  entryOf('recusalDecided', z.strictObject({ inspector: z.string(), granted: z.boolean() })),
] as const;
export type RecusalAction = z.infer<(typeof RECUSAL_ENTRIES)[number]>;

/** One request that an inspector keep away from an agency. */
export interface RecusalRequest {
  inspector: string;
  by: { id: string; role: string };
  reason: string;
  at: string;
  granted?: boolean;
  decision?: string;
}

export interface Recusals {
  recusals: RecusalRequest[];
}

export function recusalChanges({ recusals }: Recusals, action: RecusalAction): Recusals {
  const { inspector } = action.data;
  if (action.type === 'recusalRequested') {
    const { id, role } = action.by;
    const request = { inspector, by: { id, role }, reason: action.reason ?? '', at: action.at };
    return { recusals: [...recusals, request] };
  }
  const decision = { granted: action.data.granted, decision: action.reason ?? '' };
  return {
    recusals: recusals.map((request) =>
      request.inspector === inspector && request.granted === undefined
        ? { ...request, ...decision }
        : request,
    ),
  };
}

/** Inspectors of whom it is not decided yet whether they must keep away. */
export function pendingRecusals({ recusals }: Recusals): RecusalRequest[] {
  return recusals.filter(({ granted }) => granted === undefined);
}

/** The recusals that were granted for an agency. */
export function grantedRecusals({ filingNumber, recusals }: Recusals & { filingNumber: string }): Recusal[] {
  return recusals.flatMap(({ inspector, reason, granted }) =>
    granted ? [{ inspector, filingNumber, reason }] : [],
  );
}

/**
 * The recusals that the list of inspectors makes: those that are declared, the agency where somebody works, and any agency
 * that they left less than `years` ago (setting `recusalYears`).
 */
export function listedRecusals(inspectors: readonly Inspector[], on: CivilDate, years: number): Recusal[] {
  return inspectors.flatMap(({ id, recusals, employers = [] }) => [
    ...recusals.map(({ filingNumber, reason }) => ({ inspector: id, filingNumber, reason })),
    ...employers.flatMap(({ filingNumber, leftOn }) => {
      if (leftOn === undefined) return [{ inspector: id, filingNumber, reason: '现在该机构任职' }];
      const free = `${Number(leftOn.slice(0, 4)) + years}${leftOn.slice(4)}`;
      return on < free
        ? [{ inspector: id, filingNumber, reason: `${leftOn} 离开该机构，未满 ${years} 年` }]
        : [];
    }),
  ]);
}
