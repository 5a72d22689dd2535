import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILING_TYPES, type FilingType } from '../../shared/domain/agency.ts';
import {
  agencyLot,
  commitmentOf,
  type DrawAgency,
  type DrawInput,
  type Drawn,
  draw,
} from '../../shared/domain/draw.ts';
import { aDraw, filing, seedOf } from './builders.ts';

const TYPES = Object.keys(FILING_TYPES) as FilingType[];
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const visitedOf = ({ visits }: Drawn) => visits.map(({ filingNumber }) => filingNumber);

function agencies(counts: [number, number, number], certain: readonly number[] = []): DrawAgency[] {
  const types = TYPES.flatMap((type, index) => Array.from({ length: counts[index] ?? 0 }, () => type));
  return types.map((filingType, index) => ({
    filingNumber: filing(index + 1),
    filingType,
    certain: certain.includes(index) ? ['上年度评估不合格'] : [],
  }));
}

const aSeed = fc.nat(1_000_000).map(seedOf);
const anInput: fc.Arbitrary<DrawInput> = fc
  .record({
    seed: aSeed,
    counts: fc.tuple(fc.nat(15), fc.nat(15), fc.nat(15)),
    certain: fc.uniqueArray(fc.nat(44), { maxLength: 8 }),
    percent: fc.constantFrom(0, 10, 30, 33, 100),
    atLeast: fc.nat(8),
  })
  .map(({ seed, counts, certain, percent, atLeast }) =>
    aDraw({ seed, agencies: agencies(counts, certain), sampling: { percent, atLeast } }),
  );

describe('the lot 抽签', () => {
  it('is SHA-256 of the seed and the filing number, the seed being committed by its own', () => {
    const record = draw(aDraw({ agencies: agencies([5, 0, 0]), sampling: { percent: 100, atLeast: 0 } }));
    expect(record.commitment).toBe(sha256(record.seed));
    expect(commitmentOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    for (const visit of record.visits) expect(visit.lot).toBe(sha256(record.seed + visit.filingNumber));
    expect(record.visits.map(({ lot }) => lot)).toEqual(record.visits.map(({ lot }) => lot).toSorted());
  });

  it('takes the lowest lots of each stratum', () => {
    const list = agencies([20, 0, 0]);
    const { seed, visits } = draw(aDraw({ agencies: list }));
    const lots = list.map(({ filingNumber }) => sha256(seed + filingNumber)).toSorted();
    expect(visits.map(({ lot }) => lot)).toEqual(lots.slice(0, 6));
  });

  it('depends on nothing but the seed and who takes part', () => {
    fc.assert(
      fc.property(anInput, fc.nat(), (input, turn) => {
        const cut = turn % (input.agencies.length || 1);
        const turned = [...input.agencies.slice(cut), ...input.agencies.slice(0, cut)].toReversed();
        const again = draw({ ...input, agencies: turned, inspectors: input.inspectors.toReversed() });
        const { visits, strata, commitment } = draw(input);
        expect(again).toMatchObject({ visits, strata, commitment });
      }),
      { numRuns: 50 },
    );
  });

  it('changes with the seed', () => {
    const list = agencies([40, 0, 0]);
    const drawn = Array.from({ length: 20 }, (_, n) => {
      return visitedOf(draw(aDraw({ seed: seedOf(n), agencies: list }))).join();
    });
    expect(new Set(drawn).size).toBe(20);
  });

  it('can be repeated from the published record alone', () => {
    fc.assert(
      fc.property(anInput, (input) => {
        const record = draw(input);
        const published: Drawn = JSON.parse(JSON.stringify(record));
        expect(draw(published)).toEqual(record);
        expect(commitmentOf(published.seed)).toBe(published.commitment);
      }),
      { numRuns: 50 },
    );
  });

  it('comes up first alike often for every agency over many seeds', () => {
    const list = agencies([10, 0, 0]);
    const rounds = 2000;
    const first = new Map(list.map(({ filingNumber }) => [filingNumber, 0]));
    for (let n = 0; n < rounds; n++) {
      const [lowest] = list.toSorted((a, b) =>
        agencyLot(seedOf(n), a.filingNumber) < agencyLot(seedOf(n), b.filingNumber) ? -1 : 1,
      );
      const [visit] = draw(aDraw({ seed: seedOf(n), agencies: list })).visits;
      expect(visit?.filingNumber).toBe(lowest?.filingNumber);
      if (visit) first.set(visit.filingNumber, (first.get(visit.filingNumber) ?? 0) + 1);
    }
    const expected = rounds / list.length;
    const chiSquare = [...first.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // Nine degrees of freedom: a fair draw exceeds 27.88 once in a thousand times.
    expect(chiSquare).toBeLessThan(27.88);
  });
});

describe('the sample 抽样', () => {
  it.each([
    [0, 0],
    [1, 1],
    [3, 1],
    [4, 2],
    [10, 3],
    [11, 4],
    [13, 4],
    [20, 6],
  ])('of 30 %% from a filing type of %d is %d', (population, target) => {
    const record = draw(
      aDraw({ agencies: agencies([0, population, 0]), sampling: { percent: 30, atLeast: 0 } }),
    );
    expect(record.strata[1]).toEqual({
      filingType: 'technicalSchool',
      population,
      target,
      certain: 0,
      byLot: target,
    });
    expect(record.visits).toHaveLength(target);
  });

  it('reaches its share in every filing type, the number in all, and every certain case', () => {
    fc.assert(
      fc.property(anInput, (input) => {
        const record = draw(input);
        const visited = visitedOf(record);
        const { percent, atLeast } = input.sampling;
        expect(new Set(visited).size).toBe(visited.length);
        expect(visited.length).toBeGreaterThanOrEqual(Math.min(atLeast, input.agencies.length));
        for (const agency of input.agencies.filter(({ certain }) => certain.length > 0)) {
          expect(visited).toContain(agency.filingNumber);
        }
        for (const stratum of record.strata) {
          const members = input.agencies.filter(({ filingType }) => filingType === stratum.filingType);
          const target = Number((BigInt(members.length * percent) + 99n) / 100n);
          const own = record.visits.filter(({ filingType }) => filingType === stratum.filingType).length;
          expect(stratum).toMatchObject({ population: members.length, target });
          expect(own).toBe(stratum.certain + stratum.byLot);
          expect(own).toBeGreaterThanOrEqual(target);
        }
        const enough = record.strata.reduce((sum, each) => sum + Math.max(each.target, each.certain), 0);
        expect(visited).toHaveLength(Math.max(enough, Math.min(atLeast, input.agencies.length)));
      }),
      { numRuns: 80 },
    );
  });

  it('counts certain cases towards the share, and tells why each agency is visited', () => {
    const { strata, visits } = draw(aDraw({ agencies: agencies([10, 0, 0], [0, 1]) }));
    expect(strata[0]).toMatchObject({ target: 3, certain: 2, byLot: 1 });
    expect(visits.map(({ reasons }) => reasons.join()).toSorted()).toEqual([
      '上年度评估不合格',
      '上年度评估不合格',
      '随机抽取',
    ]);
  });

  it('leaves out no certain case where there are more than its share', () => {
    const { strata, visits } = draw(aDraw({ agencies: agencies([10, 0, 0], [0, 1, 2, 3, 4]) }));
    expect(strata[0]).toMatchObject({ target: 3, certain: 5, byLot: 0 });
    expect(visits).toHaveLength(5);
  });

  it('is filled by lot up to at least three in all', () => {
    const { strata, visits } = draw(aDraw({ agencies: agencies([2, 1, 4], []) }));
    expect(strata.map(({ target }) => target)).toEqual([1, 1, 2]);
    expect(visits).toHaveLength(4);
    const few = draw(aDraw({ agencies: agencies([3, 0, 0]), sampling: { percent: 30, atLeast: 3 } }));
    expect(few.strata[0]).toMatchObject({ target: 1, byLot: 3 });
    expect(few.visits).toHaveLength(3);
  });
});
