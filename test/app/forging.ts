/** Writes that go around the handlers and the checks of the use cases: an allowed status, and no condition from the caller. */
import { expect } from 'vitest';
import type { Deps } from '../../shared/app/ports.ts';
import {
  appendEntry,
  dossierKind,
  extendDossier,
  keys,
  type NewDossierAction,
  readDossier,
} from '../../shared/app/records.ts';
import { expectDone, Refusal } from '../../shared/app/refusal.ts';
import type { Dossier } from '../../shared/domain/dossier.ts';
import { anAgency, filing } from '../domain/builders.ts';
import { actor } from '../support/city.ts';

let serial = 0;
/** Writes a dossier's actions in order, as their authors would have. */
export async function written(deps: Deps, history: Dossier['history']): Promise<Dossier> {
  serial++;
  const filingNumber = filing(serial);
  const key = keys.dossier(2021, filingNumber);
  let state: Dossier | undefined;
  for (const { type, data, by, reason } of history) {
    const own = type === 'admitted' ? { agency: anAgency({ filingNumber }) } : data;
    const next = { type, data: own, ...(reason && { reason }) } as NewDossierAction;
    state = expectDone(await appendEntry(deps, dossierKind, key, state?.history ?? [], by, next));
  }
  if (!state) throw new Error('no history');
  return state;
}

/** Neither with the dossier as somebody made it up, nor with the one that is there; and nothing was written. */
export async function refused(deps: Deps, dossier: Dossier, id: string, next: NewDossierAction) {
  const before = expectDone(await readDossier(deps, 2021, dossier.filingNumber));
  expect(await extendDossier(deps, dossier, actor(id), next)).toBeInstanceOf(Refusal);
  const key = keys.dossier(2021, dossier.filingNumber);
  expect(await appendEntry(deps, dossierKind, key, before.history, actor(id), next)).toBeInstanceOf(Refusal);
  expect(await readDossier(deps, 2021, dossier.filingNumber)).toEqual(before);
}
