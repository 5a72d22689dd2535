/** The provincial platform's own figures of one agency for the year, as exported. */
import * as z from 'zod/mini';
import { FilingNumber } from './agency.ts';

const Count = z.int().check(z.gte(0));

export const PlatformFigures = z.strictObject({
  filingNumber: FilingNumber,
  plannedBatches: z.optional(Count),
  completedBatches: z.optional(Count),
  announcedBatches: z.optional(Count),
  candidates: z.optional(Count),
  certificates: z.optional(Count),
});
export type PlatformFigures = z.infer<typeof PlatformFigures>;
export type PlatformField = Exclude<keyof PlatformFigures, 'filingNumber'>;

/** The columns of the platform's export, as it titles them. */
export const PLATFORM_TITLES: Record<PlatformField, string> = {
  plannedBatches: '计划批次',
  completedBatches: '完成批次',
  announcedBatches: '公告批次',
  candidates: '考试人次',
  certificates: '发证数',
};
