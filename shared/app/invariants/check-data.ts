/**
 * Checks every rule that the stored data of a system must satisfy, at any moment at which nothing is being written: after a
 * stop, and just so after a crash at any point. It trusts nothing but the rules, and changes nothing.
 */
import type { Check } from '../archive/check.ts';
import { checkComplaints } from './check-complaints.ts';
import { checkEvidence } from './check-evidence.ts';
import { checkMessages } from './check-messages.ts';
import { checkRecords } from './check-records.ts';
import { checkRuns } from './check-runs.ts';
import { checkYears } from './check-years.ts';
import type { StoredData } from './stored-data.ts';

/** In the order in which one builds on the other: the first finding of the first check is where to look. */
export async function checkData(data: StoredData): Promise<Check[]> {
  const { items, faults } = data;
  const files: Check = { title: '存储文件', scope: `${data.objects.length} 个文件`, findings: faults };
  const records = checkRecords(items);
  const whole = [files, ...records];
  // What follows reads the chains: it says nothing that helps while one of them is broken.
  if (whole.some(({ findings }) => findings.length > 0)) return whole;
  return [
    ...whole,
    ...checkRuns(data),
    ...checkEvidence(data),
    ...checkMessages(items),
    ...checkComplaints(items),
    ...(await checkYears(data)),
  ];
}
