import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Agency,
  byTypeThenNumber,
  cityCodeDiffers,
  FILING_TYPES,
  FilingNumber,
  FilingTerm,
  type FilingType,
  industryOf,
  normalTerm,
  Occupation,
  printedTerm,
} from '../../shared/domain/agency.ts';
import { anAgency, filing } from './builders.ts';

describe('filing number 备案号', () => {
  it.each(['Y000034040005', 'S000034040005', 'S000034010012', 'Y123499999999'])('reads %s', (text) => {
    expect(FilingNumber.safeParse(text).success).toBe(true);
  });

  it.each([
    '',
    'Y00003404000',
    'Y0000340400055',
    'X000034040005',
    'y000034040005',
    '0000034040005',
    'Y00003404000５',
    ' Y000034040005',
    'Y000034040005\n',
    'Y0000340400O5',
  ])('refuses %j in Chinese', (text) => {
    const { error } = FilingNumber.safeParse(text);
    expect(error?.issues[0]?.message).toContain('备案号应为字母 Y 或 S 加 12 位数字');
  });

  it('tells an employer from an organisation by its first letter alone', () => {
    const [employer, organisation] = [
      anAgency({ filingNumber: 'Y000034040005' }),
      anAgency({ filingNumber: 'S000034040005' }),
    ];
    expect(employer.filingNumber).not.toBe(organisation.filingNumber);
    expect(byTypeThenNumber(organisation, employer)).toBeLessThan(0);
    expect(byTypeThenNumber(employer, organisation)).toBeGreaterThan(0);
  });

  it('may name another city, which is only worth a warning', () => {
    expect(cityCodeDiffers('Y000034040005', '04')).toBe(false);
    expect(cityCodeDiffers('S000034010012', '04')).toBe(true);
    expect(Agency.safeParse(anAgency({ filingNumber: 'S000034010012' })).success).toBe(true);
  });

  it('is not compared where the city has no code', () => {
    expect(cityCodeDiffers('S000034010012', '')).toBe(false);
  });
});

describe('filing term 备案期限', () => {
  it('normally runs 36 months, both ends included', () => {
    expect(normalTerm('2020-04')).toEqual({ from: '2020-04', to: '2023-03' });
  });

  it('is printed with unpadded months', () => {
    expect(printedTerm({ from: '2020-04', to: '2023-03' })).toBe('2020.4-2023.3');
    expect(printedTerm({ from: '2020-11', to: '2023-10' })).toBe('2020.11-2023.10');
  });

  it('may be one month long but not end before it begins', () => {
    expect(FilingTerm.safeParse({ from: '2022-03', to: '2022-03' }).success).toBe(true);
    const { error } = FilingTerm.safeParse({ from: '2022-03', to: '2022-02' });
    expect(error?.issues[0]?.message).toBe('备案期限的起始月份晚于终止月份');
  });
});

describe('occupation 职业', () => {
  it.each([
    ['5', '第一产业'],
    ['6', '第二产业'],
    ['3', '第三产业'],
    ['4', '第三产业'],
    ['1', undefined],
    ['2', undefined],
    ['7', undefined],
    ['8', undefined],
  ])('of major class %s belongs to %s', (majorClass, industry) => {
    expect(industryOf(majorClass)).toBe(industry);
  });

  it.each(['9-18-01-01', '6-18-01', '6180101', '0-18-01-01'])('has no code %s', (code) => {
    expect(Occupation.safeParse({ code, name: '车工', levels: ['五级'] }).success).toBe(false);
  });

  it('names at least one level that exists', () => {
    const read = (levels: string[]) => Occupation.safeParse({ code: '6-18-01-01', name: '车工', levels });
    expect(read(['首席技师']).success).toBe(true);
    expect(read([]).success).toBe(false);
    expect(read(['六级']).success).toBe(false);
  });
});

describe('the order of the annex', () => {
  const types = Object.keys(FILING_TYPES) as FilingType[];

  it('puts 企业 before 技工院校 before 社评组织, whatever the numbers', () => {
    const agencies = [
      anAgency({ filingType: 'socialOrganisation', filingNumber: filing(1, 'S') }),
      anAgency({ filingType: 'technicalSchool', filingNumber: filing(2, 'S') }),
      anAgency({ filingType: 'enterprise', filingNumber: filing(9) }),
      anAgency({ filingType: 'enterprise', filingNumber: filing(3) }),
    ];
    expect(agencies.sort(byTypeThenNumber).map(({ filingNumber }) => filingNumber)).toEqual([
      filing(3),
      filing(9),
      filing(2, 'S'),
      filing(1, 'S'),
    ]);
  });

  it('does not depend on the order before', () => {
    const anEntry = fc.record({
      filingType: fc.constantFrom(...types),
      filingNumber: fc
        .tuple(fc.nat(500), fc.constantFrom('Y', 'S'))
        .map(([n, letter]) => filing(n, letter as 'Y')),
    });
    const entries = fc.uniqueArray(anEntry, { selector: ({ filingNumber }) => filingNumber });
    fc.assert(
      fc.property(entries, (list) => {
        const sorted = list.toSorted(byTypeThenNumber);
        expect(list.toReversed().sort(byTypeThenNumber)).toEqual(sorted);
        const keys = sorted.map((entry) => `${types.indexOf(entry.filingType)}${entry.filingNumber}`);
        expect(keys).toEqual(keys.toSorted());
      }),
    );
  });
});
