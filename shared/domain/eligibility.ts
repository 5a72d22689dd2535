/** Who takes part in a cycle: a filing that has run a full year, has not ended, and is not excluded. */
import { type Agency, printedTerm } from './agency.ts';
import { type Month, monthIndex } from './calendar.ts';
import type { Exclusion } from './settings.ts';

export type Eligibility =
  | { eligible: true }
  | {
      eligible: false;
      code: 'excluded' | 'filedLessThanAYear' | 'termEnded';
      /** Printed with the list: nobody is ever left out silently. */
      reason: string;
      source?: string;
    };

/** `referenceMonth`: 备案期满一年 is judged at its end, so 2021-03 has run a full year in 2022-02. */
export function eligibilityOf(
  agency: Agency,
  referenceMonth: Month,
  exclusions: readonly Exclusion[],
): Eligibility {
  const exclusion = exclusions.find(({ filingNumber }) => filingNumber === agency.filingNumber);
  if (exclusion) {
    const { reason, source } = exclusion;
    return { eligible: false, code: 'excluded', reason, ...(source && { source }) };
  }
  const reference = monthIndex(referenceMonth);
  const term = printedTerm(agency.filingTerm);
  if (monthIndex(agency.filingTerm.to) < reference) {
    return { eligible: false, code: 'termEnded', reason: `备案期限 ${term} 已届满` };
  }
  if (monthIndex(agency.filingTerm.from) + 11 > reference) {
    return { eligible: false, code: 'filedLessThanAYear', reason: `备案期限 ${term}，备案未满一年` };
  }
  return { eligible: true };
}
