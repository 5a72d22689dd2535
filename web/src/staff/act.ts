/** Acting on a dossier: whoever does gets told what was done, and sees the dossier as it then stands. */
import * as z from 'zod/mini';
import { api } from '../session/api.ts';
import type { WholeYear } from './cycle.ts';
import { dossierPath, type StaffDossier } from './dossier.ts';

export interface AtDossier {
  cycle: WholeYear;
  dossier: StaffDossier;
  onDone: (said: string) => void;
}

/** Calls one of the dossier's routes. */
export function useAct({ dossier, onDone }: AtDossier) {
  return async (act: string, body: unknown, said: string): Promise<void> => {
    await api.post(`${dossierPath(dossier.year, dossier.filingNumber)}/${act}`, body, z.unknown());
    onDone(said);
  };
}
