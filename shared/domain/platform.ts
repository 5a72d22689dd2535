/** The provincial platform's own figures of one agency for the year, as exported. */
import * as z from 'zod';
import { FilingNumber } from './agency.ts';

const Count = z.int().min(0);

export const PlatformFigures = z.strictObject({
  filingNumber: FilingNumber,
  plannedBatches: Count.optional(),
  completedBatches: Count.optional(),
  announcedBatches: Count.optional(),
  candidates: Count.optional(),
  certificates: Count.optional(),
});
export type PlatformFigures = z.infer<typeof PlatformFigures>;
