import type { Place } from '../work/places.ts';

/** Pages of the centre's staff, of inspectors and of the auditor. */
export const STAFF_PLACES: readonly Place[] = [];
