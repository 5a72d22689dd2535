/** Who belongs to an audience right now. */
import * as z from 'zod/mini';
import { openExchange } from '../domain/exchange.ts';
import { type GateName, type RunName, runOf } from '../domain/gates.ts';
import type { Recipient } from '../domain/messages.ts';
import type { Audience } from '../domain/told.ts';
import { unrecorded } from '../domain/visit.ts';
import { awaitedRecord, holdsClosed } from './gates.ts';
import type { Deps, Page } from './ports.ts';
import { allOf, dossierKind, keys, readDossier } from './records.ts';
import { readRectification } from './rectification-records.ts';
import { expectDone } from './refusal.ts';

export interface Told {
  to: Recipient;
  filingNumber?: string;
  /** The agency's name. */
  agency?: string;
}

export async function* recipientsOf(
  deps: Deps,
  year: number,
  gate: GateName,
  audience: Audience,
): AsyncGenerator<Told> {
  if (audience === 'everyAgency') yield* everyAgency(deps, year);
  else if (audience === 'agencies' || audience === 'inspectors') {
    for await (const filingNumber of awaited(deps, year, gate)) {
      const { agency, late, heard } = await CONCERNED[runOf(gate)](deps, year, filingNumber);
      if (audience === 'agencies' && heard) continue;
      const to = audience === 'agencies' ? [{ agency: filingNumber }] : late.map((person) => ({ person }));
      yield* to.map((one) => ({ to: one, filingNumber, agency }));
    }
  } else yield { to: { role: audience } };
}

/** Whom an agency's record at a gate concerns: its agency, and inspectors who have not recorded yet. */
interface Concerned {
  agency: string;
  late: string[];
  /** The agency has said what it was asked for: the gate waits for the centre's reply. */
  heard: boolean;
}

const CONCERNED: Record<RunName, (deps: Deps, year: number, filingNumber: string) => Promise<Concerned>> = {
  async 'annual-assessment'(deps, year, filingNumber) {
    const dossier = expectDone(await readDossier(deps, year, filingNumber));
    const { agency, visit } = dossier;
    const heard = openExchange(dossier) !== undefined;
    return { agency: agency.name, late: visit ? unrecorded(visit) : [], heard };
  },
  async rectification(deps, year, filingNumber) {
    const { agency, recheck } = expectDone(await readRectification(deps, year, filingNumber));
    const late = recheck?.inspectors.filter((id) => !recheck.records[id]) ?? [];
    return { agency: agency.name, late, heard: false };
  },
  async correction(deps, year, filingNumber) {
    const { agency } = expectDone(await readDossier(deps, year, filingNumber));
    return { agency: agency.name, late: [], heard: false };
  },
};

/** All agencies that take part in the year. */
export async function* everyAgency(deps: Deps, year: number): AsyncGenerator<Told> {
  for await (const { filingNumber, agency, status } of allOf(deps, dossierKind, keys.dossiers(year))) {
    if (status !== 'leftOut') yield { to: { agency: filingNumber }, filingNumber, agency: agency.name };
  }
}

/** Filing numbers whose record a gate still waits for. */
export async function* awaited(deps: Deps, year: number, gate: GateName): AsyncGenerator<string> {
  let cursor: string | null = null;
  do {
    const page: Page<{ sk: string }> = await deps.items.page(
      keys.waiting(year, gate),
      z.unknown(),
      cursor,
      100,
    );
    for (const { sk } of page.records) {
      const found = await awaitedRecord(deps, year, gate, sk);
      if (found && holdsClosed(gate, found.state, false)) yield sk;
    }
    cursor = page.cursor;
  } while (cursor !== null);
}
