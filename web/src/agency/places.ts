import type { Place } from '../work/places.ts';

/** Pages of an agency's account. */
export const AGENCY_PLACES: readonly Place[] = [];
