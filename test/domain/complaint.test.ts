import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COMPLAINT_STATUSES,
  COMPLAINT_TRANSITIONS,
  type ComplaintAction,
  type ComplaintActionType,
  type ComplaintStatus,
  codeDigest,
  complaintOf,
  contactDigest,
  dueOf,
  isClosed,
  mayFollowComplaint,
  readNumber,
  receiptOf,
} from '../../shared/domain/complaint.ts';
import { type Actor, PUBLIC } from '../../shared/domain/history.ts';
import { filing } from './builders.ts';

const id = fc.stringMatching(/^[0-9a-f]{64}$/);

describe('a receipt', () => {
  it('is the same for the same id, and tells neither the id nor the code', () => {
    fc.assert(
      fc.property(id, id, (one, other) => {
        const { number, code } = receiptOf(one);
        expect(receiptOf(one)).toEqual({ number, code, salt: receiptOf(one).salt });
        expect(number).toMatch(/^TS-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
        expect(code).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
        if (one !== other) expect(receiptOf(other).number).not.toBe(number);
        expect(readNumber(number)).toBe(number);
      }),
    );
  });

  it('is read as people type it', () => {
    const { number, code } = receiptOf('0'.repeat(64));
    expect(readNumber(` ${number.toLowerCase().replaceAll('-', ' ')} `)).toBe(number);
    expect(codeDigest(number, code.toLowerCase().replaceAll('-', ''))).toBe(codeDigest(number, code));
    expect(codeDigest(number, `${code}0`)).not.toBe(codeDigest(number, code));
    for (const typed of ['', 'TS', 'TS-0000-0000', 'XX-0000-0000-0000', 'TS-0000-0000-00O0', `${number}0`]) {
      expect(readNumber(typed)).toBeUndefined();
    }
  });

  it('hides a telephone number from whoever tries all of them without the salt', () => {
    const reach = { name: '', reach: '13800000000' };
    expect(contactDigest('a', reach)).not.toBe(contactDigest('b', reach));
  });
});

/** Which statuses each action may follow: a new one does not compile unsaid. */
const FOLLOWS: Record<ComplaintActionType, Record<ComplaintStatus | 'none', boolean>> = {
  received: on('none'),
  accepted: on('received'),
  refused: on('received'),
  takenOver: on('handling'),
  findingProposed: on('handling'),
  findingReturned: on('proposed'),
  findingApproved: on('proposed'),
  contactErased: on('upheld', 'notUpheld', 'refused'),
};

function on(...allowed: (ComplaintStatus | 'none')[]) {
  const all = ['none', ...Object.keys(COMPLAINT_STATUSES)] as (ComplaintStatus | 'none')[];
  return Object.fromEntries(all.map((one) => [one, allowed.includes(one)])) as Record<
    ComplaintStatus | 'none',
    boolean
  >;
}

it('follows its table of transitions and nothing else', () => {
  for (const [type, statuses] of Object.entries(FOLLOWS)) {
    for (const [status, allowed] of Object.entries(statuses)) {
      const said = mayFollowComplaint(type as ComplaintActionType, status as ComplaintStatus);
      expect([type, status, said]).toEqual([type, status, allowed]);
    }
  }
  expect(Object.keys(COMPLAINT_TRANSITIONS).sort()).toEqual(Object.keys(FOLLOWS).sort());
});

const handler: Actor = { id: 'h', name: '经办', role: 'handler' };
const approver: Actor = { id: 'a', name: '负责', role: 'approver' };
const clocks = { firstLookBy: '2022-03-04T15:59:59.999Z', answerBy: '2022-03-10T15:59:59.999Z' };

function history(...rest: [Actor, ComplaintActionType, object][]): ComplaintAction[] {
  const data = { agency: { name: '某校' }, year: 2021, text: '替考', code: 'c', contact: 'd', ...clocks };
  return ([[PUBLIC, 'received', data], ...rest] as const).map(([by, type, own], index) => ({
    seq: index + 1,
    at: `2022-03-0${index + 1}T00:00:00.000Z`,
    by,
    type,
    data: own,
    previous: '',
    hash: '',
  })) as unknown as ComplaintAction[];
}

const ACCEPTED = { filingNumber: filing(1), name: '淮河钢铁', year: 2020 };

it('is due to handlers until a finding waits for an approver', () => {
  const steps = history(
    [handler, 'accepted', ACCEPTED],
    [handler, 'findingProposed', { upheld: true, answer: '属实' }],
    [approver, 'findingApproved', { upheld: true }],
    [approver, 'contactErased', {}],
  );
  const states = steps.map((_step, index) => complaintOf('TS-1', steps.slice(0, index + 1)));
  expect(states.map(({ status }) => status)).toEqual([
    'received',
    'handling',
    'proposed',
    'upheld',
    'upheld',
  ]);
  expect(states.map(dueOf)).toEqual([
    { by: clocks.firstLookBy, of: 'handler' },
    { by: clocks.answerBy, of: 'handler' },
    { by: clocks.answerBy, of: 'approver' },
    undefined,
    undefined,
  ]);
  expect(states.map(isClosed)).toEqual([false, false, false, true, true]);
  expect(states.map(({ answer }) => answer)).toEqual([undefined, undefined, undefined, '属实', '属实']);
  expect(states.map(({ contact }) => contact)).toEqual(['d', 'd', 'd', 'd', undefined]);
  expect(states[3]).toMatchObject({
    agency: { filingNumber: filing(1), name: '淮河钢铁' },
    year: 2020,
    handlers: ['h'],
  });
});

it('is not upheld where the finding says so, and refused with the reasons that the complainant is told', () => {
  const untrue = { upheld: false, answer: '不属实' };
  const steps = history(
    [handler, 'accepted', ACCEPTED],
    [handler, 'findingProposed', untrue],
    [approver, 'findingApproved', { upheld: false }],
  );
  expect(complaintOf('TS-1', steps)).toMatchObject({ status: 'notUpheld', answer: '不属实' });
  const refused = complaintOf('TS-1', history([handler, 'refused', { answer: '不属于本中心' }]));
  expect(refused).toMatchObject({ status: 'refused', answer: '不属于本中心' });
  expect(() => complaintOf('TS-1', [])).toThrow('does not begin');
});
