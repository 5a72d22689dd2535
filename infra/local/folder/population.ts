/** Which agencies a file of the folder may be about: those of the registry, told apart by whether they take part. */
import type { Agency, FilingNumber } from '../../../shared/domain/agency.ts';
import { eligibilityOf } from '../../../shared/domain/eligibility.ts';
import type { Settings } from '../../../shared/domain/settings.ts';
import type { Problems } from './problems.ts';
import type { Problem } from './types.ts';

export class Population {
  private readonly reasons: Map<string, string | undefined>;

  /** `refused`: filing numbers whose rows have to be mended first; until then they count as taking part. */
  constructor(
    { agencies, refused }: { agencies: readonly Agency[]; refused: readonly string[] },
    settings: Settings,
    startsOn: string,
  ) {
    const month = settings.filingReferenceMonth ?? startsOn.slice(0, 7);
    this.reasons = new Map(
      agencies.map((agency) => {
        const eligibility = eligibilityOf(agency, month, settings.exclusions);
        return [agency.filingNumber, eligibility.eligible ? undefined : eligibility.reason];
      }),
    );
    for (const filingNumber of refused) {
      if (!this.reasons.has(filingNumber)) this.reasons.set(filingNumber, undefined);
    }
  }

  has(filingNumber: string): boolean {
    return this.reasons.has(filingNumber);
  }

  takesPart(filingNumber: string): boolean {
    return this.has(filingNumber) && this.reasons.get(filingNumber) === undefined;
  }

  /** Those that take part, in the order of the registry. */
  participants(): FilingNumber[] {
    return [...this.reasons.keys()].filter((filingNumber) => this.takesPart(filingNumber));
  }

  /** False after telling why a file or a line about this agency will not be used. */
  admits(filingNumber: string, at: Omit<Problem, 'severity' | 'message'>, problems: Problems): boolean {
    if (!this.has(filingNumber)) {
      problems.error(at, `名册中没有备案号 ${filingNumber} 的机构，请核对备案号`);
      return false;
    }
    const reason = this.reasons.get(filingNumber);
    if (reason !== undefined)
      problems.warn(at, `${filingNumber} 不参加本年度评估（${reason}），此处内容不使用`);
    return reason === undefined;
  }
}
