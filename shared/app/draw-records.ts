/** The stored record of a year's draw, and how it stands after what changed since. */
import * as z from 'zod/mini';
import type { Cycle } from '../domain/cycle.ts';
import { type DrawRecord, sealDraw } from '../domain/draw-record.ts';
import type { Deps } from './ports.ts';

const StoredDraw = z.custom<DrawRecord>((value) => typeof value === 'object' && value !== null);

export async function readDraw(deps: Deps, cycle: Cycle): Promise<DrawRecord> {
  const bytes = cycle.draw && (await deps.objects.get('reports', cycle.draw.record));
  if (!bytes) throw new Error(`cycle ${cycle.year} has no draw record`);
  return StoredDraw.parse(JSON.parse(new TextDecoder().decode(bytes)));
}

/** The record with everything that the cycle says changed since the plan: what is archived at the end of the year. */
export function finalDraw({ drawChanges }: Pick<Cycle, 'drawChanges'>, record: DrawRecord): DrawRecord {
  const { digests: _resealed, ...drawn } = record;
  return sealDraw({ ...drawn, changes: drawChanges });
}
