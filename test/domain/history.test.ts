import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Actor,
  brokenAt,
  canonicalJson,
  digestOf,
  type Entry,
  seal,
} from '../../shared/domain/history.ts';

const GENESIS = '2022/Y000034040001';
const handler: Actor = { id: 'handler-1', name: '李某', role: 'handler' };

function aHistory(length: number, genesis = GENESIS): Entry[] {
  const history: Entry[] = [];
  for (let n = 1; n <= length; n++) {
    const at = new Date(Date.UTC(2022, 2, n, 1));
    const reason = n % 2 === 0 ? `第 ${n} 次退回` : undefined;
    history.push(
      seal(history, genesis, {
        at,
        by: handler,
        type: 'returned',
        data: { n, items: ['A1', 'A2'] },
        ...(reason && { reason }),
      }),
    );
  }
  return history;
}

const at = (history: Entry[], index: number): Entry => {
  const entry = history[index];
  if (!entry) throw new RangeError(`no entry ${index}`);
  return entry;
};

/** Another value of the same kind. */
function spoilt(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string')
    return value.endsWith('0') ? `${value.slice(0, -1)}1` : `${value.slice(0, -1)}0`;
  return { ...(value as object), added: true };
}

describe('canonical form', () => {
  it('does not depend on the order of the keys', () => {
    expect(canonicalJson({ b: 1, a: [2, { d: 3, c: 4 }] })).toBe('{"a":[2,{"c":4,"d":3}],"b":1}');
    expect(digestOf({ b: 1, a: 2 })).toBe(digestOf({ a: 2, b: 1 }));
  });

  it('is hashed with SHA-256', () => {
    expect(digestOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });

  it('exists for JSON values only', () => {
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
  });
});

describe('a history 签字负责制', () => {
  it('numbers its entries and ties each to the one before', () => {
    const history = aHistory(4);
    expect(history.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(history.map(({ previous }) => previous)).toEqual([
      digestOf(GENESIS),
      ...history.slice(0, 3).map(({ hash }) => hash),
    ]);
    expect(at(history, 1)).toMatchObject({
      by: handler,
      at: '2022-03-02T01:00:00.000Z',
      reason: '第 2 次退回',
    });
  });

  it('is whole as it was sealed, and after being stored and read', () => {
    expect(brokenAt([], GENESIS)).toBeUndefined();
    expect(brokenAt(aHistory(6), GENESIS)).toBeUndefined();
    expect(brokenAt(JSON.parse(JSON.stringify(aHistory(6))), GENESIS)).toBeUndefined();
  });

  it('is broken at the entry of which any field was changed, added or taken away', () => {
    const fields = ['seq', 'at', 'by', 'type', 'data', 'reason', 'previous', 'hash'] as const;
    for (const field of fields) {
      for (let index = 0; index < 5; index++) {
        const history = aHistory(5);
        const entry = { ...at(history, index), [field]: spoilt(at(history, index)[field] ?? 'x') };
        expect(brokenAt(history.with(index, entry), GENESIS), `${field} of ${index + 1}`).toBe(index + 1);
        const { [field]: _taken, ...rest } = at(history, index);
        const shorter = brokenAt(history.with(index, rest as Entry), GENESIS);
        expect(shorter).toBe(at(history, index)[field] === undefined ? undefined : index + 1);
      }
    }
  });

  it('is broken where any one character of its text was changed', () => {
    const whole = aHistory(4);
    const [index, place, digit] = [fc.nat(3), fc.nat(), fc.constantFrom('0', '7', 'e')];
    fc.assert(
      fc.property(index, place, digit, (entry, offset, character) => {
        const text = canonicalJson(at(whole, entry));
        const cut = offset % text.length;
        const changed = `${text.slice(0, cut)}${character}${text.slice(cut + 1)}`;
        const read = parsed(changed);
        fc.pre(read !== undefined && canonicalJson(read) !== text);
        expect(brokenAt(whole.with(entry, read as Entry), GENESIS)).toBe(entry + 1);
      }),
    );
  });

  it('is broken where an entry was left out, repeated or moved', () => {
    const history = aHistory(5);
    expect(brokenAt(history.toSpliced(2, 1), GENESIS)).toBe(3);
    expect(brokenAt(history.toSpliced(2, 0, at(history, 2)), GENESIS)).toBe(4);
    expect(brokenAt(history.with(1, at(history, 2)).with(2, at(history, 1)), GENESIS)).toBe(2);
  });

  it('cannot be forged by sealing a changed entry anew: the next one no longer holds', () => {
    const history = aHistory(4);
    const forged = seal(history.slice(0, 1), GENESIS, { at: new Date(0), by: handler, type: 'x', data: {} });
    expect(brokenAt(history.with(1, forged), GENESIS)).toBe(3);
  });

  it('does not hold where the numbers jump, even if every seal fits', () => {
    const { hash: _seal, ...body } = { ...at(aHistory(1), 0), seq: 2 };
    expect(brokenAt([{ ...body, hash: digestOf(body) }], GENESIS)).toBe(1);
  });

  it('cannot stand for another record', () => {
    expect(brokenAt(aHistory(3, '2022/Y000034040002'), GENESIS)).toBe(1);
  });
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
