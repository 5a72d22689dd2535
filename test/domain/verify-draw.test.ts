import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../shared/domain/digest.ts';
import type { DrawInput } from '../../shared/domain/draw.ts';
import { addVisit, type DrawChange, recuse } from '../../shared/domain/draw-changes.ts';
import { type DrawRecord, publicDraw } from '../../shared/domain/draw-record.ts';
import { FILING_TYPES, type FilingType } from '../../shared/domain/filing-types.ts';
import { verifyDraw } from '../../shared/domain/verify-draw.ts';
import { aDraw, aDrawRecord, filing, inspectors, seedOf } from './builders.ts';

const TYPES = Object.keys(FILING_TYPES) as FilingType[];

const anInput: fc.Arbitrary<DrawInput> = fc
  .record({
    seed: fc.nat(1_000_000).map(seedOf),
    types: fc.array(fc.constantFrom(...TYPES), { minLength: 4, maxLength: 20 }),
    certain: fc.uniqueArray(fc.nat(19), { maxLength: 4 }),
    recused: fc.uniqueArray(fc.nat(19), { maxLength: 4 }),
  })
  .map(({ seed, types, certain, recused }) =>
    aDraw({
      seed,
      agencies: types.map((filingType, index) => ({
        filingNumber: filing(index + 1),
        filingType,
        certain: certain.includes(index) ? ['上年度评估不合格'] : [],
      })),
      inspectors: inspectors(8),
      recusals: recused.map((index) => ({
        inspector: `inspector-${(index % 4) + 1}`,
        filingNumber: filing(index + 1),
        reason: '配偶在该机构任职',
      })),
    }),
  );

/** A record with everything that can happen after the draw. */
const aRecord = anInput.map((input) => {
  const drawn = aDrawRecord(input);
  const [first, last] = [drawn.visits[0], drawn.visits.at(-1)];
  const changes: DrawChange[] = [];
  const recusal = (filingNumber = '', inspector = '') => ({ filingNumber, inspector, reason: '曾共事' });
  changes.push(recuse(drawn, changes, recusal(first?.filingNumber, first?.inspectors[0])));
  changes.push({ type: 'joined', inspectors: [{ id: 'inspector-9', name: '督导员9' }], recusals: [] });
  changes.push(recuse(drawn, changes, recusal(last?.filingNumber, last?.inspectors[1])));
  changes.push(recuse(drawn, changes, recusal(first?.filingNumber, 'inspector-9')));
  const left = input.agencies.find(({ filingNumber }) => {
    return !drawn.visits.some((visit) => visit.filingNumber === filingNumber);
  });
  if (left) changes.push(addVisit(drawn, changes, { ...left, reasons: ['评分审核退回'] }));
  return aDrawRecord(input, changes);
});

const parsed = (record: unknown): DrawRecord => JSON.parse(JSON.stringify(record));

/** Every place of a record that holds a value, with another value of the same kind to put there. */
function places(value: unknown, path: (string | number)[] = []): [(string | number)[], unknown][] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) =>
      places(inner, [...path, Array.isArray(value) ? Number(key) : key]),
    );
  }
  if (typeof value === 'number') return [[path, value + 1]];
  return [[path, typeof value === 'boolean' ? !value : `${value}x`]];
}

function tampered(record: DrawRecord, [path, other]: [(string | number)[], unknown]): DrawRecord {
  const copy = parsed(record);
  const inner = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  (inner as Record<string, unknown>)[path.at(-1) ?? ''] = other;
  return copy;
}

/** Seals a record anew: what somebody does who knows how the record is made. */
function sealedAnew(record: DrawRecord): DrawRecord {
  const { digests: _old, ...fields } = record;
  const digests = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, digestOf(value)]));
  return { ...fields, digests };
}

describe('a draw record', () => {
  it('holds, in full and without its reasons, with all changes since', () => {
    fc.assert(
      fc.property(aRecord, (record) => {
        expect(verifyDraw(parsed(record), record.commitment)).toMatchObject({ outcome: 'holds' });
        expect(verifyDraw(parsed(publicDraw(record)))).toMatchObject({ outcome: 'holds' });
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('tells the public no reason, and the same visits', () => {
    fc.assert(
      fc.property(aRecord, (record) => {
        const shown = publicDraw(record);
        const text = JSON.stringify(shown);
        for (const reason of ['不合格', '配偶', '共事', '评分']) expect(text).not.toContain(reason);
        const sent = ({ visits }: DrawRecord) => visits.map(({ lot, inspectors: who }) => [lot, who]);
        expect(sent(shown)).toEqual(sent(record));
      }),
      { numRuns: 20, seed: 2 },
    );
  });

  it('names the field in which anything at all was changed', () => {
    const [record] = fc.sample(aRecord, { numRuns: 1, seed: 7 });
    if (!record) throw new Error('no record');
    for (const version of [record, publicDraw(record)]) {
      for (const place of places(version)) {
        const [path] = place;
        const { outcome, message } = verifyDraw(tampered(version, place));
        expect(outcome, path.join('.')).not.toBe('holds');
        expect(message).toContain(path[0] === 'digests' ? path[1] : path[0]);
      }
    }
  });

  it('names the place where it is not what the seed gives, even if somebody sealed it anew', () => {
    const [record] = fc.sample(aRecord, { numRuns: 1, seed: 11 });
    if (!record) throw new Error('no record');
    const places: [DrawRecord, string][] = [
      [{ ...record, seed: seedOf(2) }, 'commitment'],
      [{ ...record, visits: record.visits.slice(1) }, 'visits[0].filingNumber'],
    ];
    const swapped = parsed(record);
    swapped.visits[1]?.inspectors.reverse();
    places.push([swapped, 'visits[1].inspectors[0]']);
    const favoured = parsed(record);
    const [change] = favoured.changes;
    if (change?.type === 'recused') change.replacedBy = 'inspector-9';
    places.push([favoured, 'changes[0].replacedBy']);
    for (const [forged, at] of places) {
      expect(verifyDraw(sealedAnew(forged))).toMatchObject({ outcome: 'differs', at });
    }
  });

  it('does not hold where a field is missing, is added, or is not the one the notice committed to', () => {
    const record = aDrawRecord(aDraw({ agencies: [] }));
    const { strata: _gone, ...without } = record;
    expect(verifyDraw(without)).toMatchObject({ outcome: 'unreadable' });
    expect(verifyDraw({ ...record, note: '另行说明' })).toMatchObject({ outcome: 'differs', at: 'note' });
    expect(verifyDraw(record, seedOf(3))).toMatchObject({ outcome: 'differs', at: 'commitment' });
  });

  it.each([null, 7, 'x', [], {}, { schema: 'xingping-draw/1' }])('is not read in %j', (value) => {
    expect(verifyDraw(value)).toMatchObject({ outcome: 'unreadable' });
  });

  it('names what cannot be read', () => {
    const record = aDrawRecord(aDraw({ agencies: [] }));
    const changes = [{ type: 'swapped' }];
    const { message } = verifyDraw({ ...record, changes });
    expect(message).toContain('changes[0].type');
  });
});

describe('who takes over from a recused inspector', () => {
  it('is the next of that agency’s lots among those with the fewest visits, and never one who is recused', () => {
    fc.assert(
      fc.property(anInput, fc.nat(), (input, pick) => {
        const drawn = aDrawRecord(input);
        const visit = drawn.visits[pick % drawn.visits.length];
        const [leaving = '', staying = ''] = visit?.inspectors ?? [];
        const filingNumber = visit?.filingNumber ?? '';
        const change = recuse(drawn, [], { inspector: leaving, filingNumber, reason: '曾共事' });
        if (change.type !== 'recused') throw new Error('not a recusal');
        const next = change.replacedBy ?? '';
        expect([leaving, staying]).not.toContain(next);
        const away = input.recusals.filter((one) => one.filingNumber === filingNumber);
        expect(away.map(({ inspector }) => inspector)).not.toContain(next);
        const load = (id: string) => drawn.visits.filter((one) => one.inspectors.includes(id)).length;
        const others = input.inspectors.filter(
          ({ id }) => ![leaving, staying].includes(id) && !away.some(({ inspector }) => inspector === id),
        );
        expect(load(next)).toBe(Math.min(...others.map(({ id }) => load(id))));
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  it('is spread over the inspectors where one has to leave many visits', () => {
    const agencies = Array.from({ length: 12 }, (_, n) => ({
      filingNumber: filing(n + 1),
      filingType: 'enterprise' as const,
      certain: ['抽查'],
    }));
    const drawn = aDrawRecord(aDraw({ agencies, inspectors: inspectors(5) }));
    const changes: DrawChange[] = [];
    for (const { filingNumber, inspectors: who } of drawn.visits) {
      if (!who.includes('inspector-1')) continue;
      changes.push(recuse(drawn, changes, { inspector: 'inspector-1', filingNumber, reason: '长期病假' }));
    }
    const takers = changes.map((change) => change.type === 'recused' && change.replacedBy);
    const counts = [2, 3, 4, 5].map((n) => takers.filter((id) => id === `inspector-${n}`).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });
});
