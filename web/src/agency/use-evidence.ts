import { useCallback, useState, useSyncExternalStore } from 'react';
import * as z from 'zod/mini';
import type { EvidenceRef } from '../../../shared/domain/facts.ts';
import { api } from '../session/api.ts';
import { dossierPath, type Own } from './dossier.ts';
import { Uploads } from './uploads.ts';

const Accepted = z.looseObject({ types: z.record(z.string(), z.int()) });

/** Accepted types of files with their limits in MB. */
export const readAccepted = async (own: Own): Promise<Record<string, number>> =>
  (await api.get(`${dossierPath(own)}/uploads`, Accepted)).types;

/** Files beside a statement, by place: those that are kept, and those on their way. */
export function useEvidence(
  own: Own,
  types: Record<string, number>,
  start: Record<string, EvidenceRef[]> = {},
) {
  const [kept, setKept] = useState(start);
  const [uploads] = useState(
    () =>
      new Uploads(own, types, (place, file) =>
        setKept((before) => ({ ...before, [place]: [...(before[place] ?? []), file] })),
      ),
  );
  const transfers = useSyncExternalStore(uploads.subscribe, uploads.state);
  const box = useCallback(
    (place: string) => ({
      own,
      place,
      evidence: kept[place] ?? [],
      others: [],
      uploads,
      transfers: transfers.filter((one) => one.place === place),
      onChange: (evidence: EvidenceRef[]) => setKept((before) => ({ ...before, [place]: evidence })),
    }),
    [own, kept, uploads, transfers],
  );
  return { kept, underWay: transfers.length, box };
}
