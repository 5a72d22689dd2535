import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DrawInput, type Drawn, draw, TooFewInspectors } from '../../shared/domain/draw.ts';
import { aDraw, filing, inspectors, seedOf } from './builders.ts';

/** Everybody is visited, so that the inspectors alone are drawn. */
function visiting(count: number, changes: Partial<DrawInput> = {}): DrawInput {
  const agencies = Array.from({ length: count }, (_, index) => ({
    filingNumber: filing(index + 1),
    filingType: 'enterprise' as const,
    certain: [],
  }));
  return aDraw({ agencies, sampling: { percent: 100, atLeast: 0 }, ...changes });
}

function loads({ visits, inspectors: people }: Drawn): number[] {
  return people.map(({ id }) => visits.filter((visit) => visit.inspectors.includes(id)).length);
}

describe('inspectors of a visit', () => {
  const anInput = fc
    .record({
      seed: fc.nat(1_000_000).map(seedOf),
      visits: fc.integer({ min: 1, max: 20 }),
      perVisit: fc.integer({ min: 1, max: 3 }),
      spare: fc.nat(6),
    })
    .map(({ seed, visits, perVisit, spare }) =>
      visiting(visits, { seed, inspectorsPerVisit: perVisit, inspectors: inspectors(perVisit + spare) }),
    );

  it('are as many as the settings say, and different people', () => {
    fc.assert(
      fc.property(anInput, (input) => {
        for (const visit of draw(input).visits) {
          expect(visit.inspectors).toHaveLength(input.inspectorsPerVisit);
          expect(new Set(visit.inspectors).size).toBe(input.inspectorsPerVisit);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('carry loads that differ by one visit at most where nobody is recused', () => {
    fc.assert(
      fc.property(anInput, (input) => {
        const carried = loads(draw(input));
        expect(Math.max(...carried) - Math.min(...carried)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });

  it('are never those who are recused 回避', () => {
    const pair = fc.record({ person: fc.nat(5), agency: fc.integer({ min: 1, max: 8 }) });
    let refused = 0;
    let drawn = 0;
    fc.assert(
      fc.property(fc.nat(1000).map(seedOf), fc.array(pair, { maxLength: 20 }), (seed, pairs) => {
        const recusals = pairs.map(({ person, agency }) => ({
          inspector: inspectors(6)[person]?.id ?? '',
          filingNumber: filing(agency),
          reason: '曾在该机构任职',
        }));
        const recused = (agency: string) =>
          new Set(recusals.filter((each) => each.filingNumber === agency).map(({ inspector }) => inspector));
        const input = visiting(8, { seed, recusals });
        const stuck = input.agencies.filter(({ filingNumber }) => 6 - recused(filingNumber).size < 2);
        if (stuck.length > 0) {
          refused++;
          expect(() => draw(input)).toThrow(TooFewInspectors);
          return;
        }
        drawn++;
        for (const visit of draw(input).visits) {
          expect(visit.inspectors.filter((id) => recused(visit.filingNumber).has(id))).toEqual([]);
        }
      }),
      { numRuns: 150, seed: 3 },
    );
    expect(drawn).toBeGreaterThan(0);
    expect(drawn + refused).toBe(150);
  });

  it('are too few where recusals leave fewer than a visit needs: the agency is named', () => {
    const [first, second] = inspectors(3);
    const recusals = [first, second].map((person) => ({
      inspector: person?.id ?? '',
      filingNumber: filing(2),
      reason: '亲属在该机构任职',
    }));
    const input = visiting(4, { inspectors: inspectors(3), recusals });
    expect(() => draw(input)).toThrow(expect.objectContaining({ filingNumber: filing(2) }));
    expect(draw({ ...input, recusals: recusals.slice(1) }).visits).toHaveLength(4);
    expect(draw({ ...input, inspectorsPerVisit: 1 }).visits).toHaveLength(4);
  });

  it('do not matter to an agency that is not visited', () => {
    const nobody = inspectors(2).map(({ id }) => ({
      inspector: id,
      filingNumber: filing(99),
      reason: '回避',
    }));
    expect(draw(visiting(2, { inspectors: inspectors(2), recusals: nobody })).visits).toHaveLength(2);
  });

  it('change with the seed', () => {
    const drawn = Array.from({ length: 12 }, (_, n) => {
      const { visits } = draw(visiting(1, { seed: seedOf(n) }));
      return visits[0]?.inspectors.toSorted().join();
    });
    expect(new Set(drawn).size).toBeGreaterThan(4);
  });

  it('come up alike often over many seeds', () => {
    const rounds = 3000;
    const people = inspectors(6);
    const counts = new Map(people.map(({ id }) => [id, 0]));
    for (let n = 0; n < rounds; n++) {
      for (const id of draw(visiting(1, { seed: seedOf(n), inspectors: people })).visits[0]?.inspectors ??
        []) {
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
    const expected = (rounds * 2) / people.length;
    const chiSquare = [...counts.values()].reduce(
      (sum, count) => sum + (count - expected) ** 2 / expected,
      0,
    );
    // Five degrees of freedom: a fair draw exceeds 20.52 once in a thousand times.
    expect(chiSquare).toBeLessThan(20.52);
  });
});
