import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalTerm } from '../../shared/domain/agency.ts';
import { addMonths } from '../../shared/domain/calendar.ts';
import { eligibilityOf } from '../../shared/domain/eligibility.ts';
import { anAgency, filing } from './builders.ts';

const filedIn = (from: string, to = normalTerm(from).to) => anAgency({ filingTerm: { from, to } });
const excluded = { filingNumber: filing(1), reason: '省中心抽查评估', source: '皖技鉴〔2022〕1号' };

describe('eligibility 参评资格', () => {
  it('begins when the filing has run a full year by the end of the reference month', () => {
    expect(eligibilityOf(filedIn('2021-03'), '2022-02', [])).toEqual({ eligible: true });
    expect(eligibilityOf(filedIn('2021-04'), '2022-02', [])).toEqual({
      eligible: false,
      code: 'filedLessThanAYear',
      reason: '备案期限 2021.4-2024.3，备案未满一年',
    });
  });

  it('lasts through the last month of the term', () => {
    expect(eligibilityOf(filedIn('2019-03', '2022-02'), '2022-02', [])).toEqual({ eligible: true });
    expect(eligibilityOf(filedIn('2019-02', '2022-01'), '2022-02', [])).toEqual({
      eligible: false,
      code: 'termEnded',
      reason: '备案期限 2019.2-2022.1 已届满',
    });
  });

  it('is lost by exclusion, with the reason and the document that says so', () => {
    expect(eligibilityOf(filedIn('2021-03'), '2022-02', [excluded])).toEqual({
      eligible: false,
      code: 'excluded',
      reason: '省中心抽查评估',
      source: '皖技鉴〔2022〕1号',
    });
  });

  it('states exclusion before any other reason', () => {
    for (const agency of [filedIn('2021-12'), filedIn('2017-01')]) {
      expect(eligibilityOf(agency, '2022-02', [excluded])).toMatchObject({ code: 'excluded' });
    }
  });

  it('is not touched by the exclusion of another agency', () => {
    const other = { filingNumber: filing(1, 'S'), reason: '省中心抽查评估' };
    expect(eligibilityOf(filedIn('2021-03'), '2022-02', [other])).toEqual({ eligible: true });
  });

  it('holds from the 12th to the last month of a term, and is never refused without a reason', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 50 }), (months) => {
        const found = eligibilityOf(filedIn('2020-04'), addMonths('2020-04', months), []);
        expect(found.eligible).toBe(months >= 11 && months <= 35);
        if (!found.eligible) expect(found.reason).toContain('2020.4-2023.3');
      }),
    );
  });
});
