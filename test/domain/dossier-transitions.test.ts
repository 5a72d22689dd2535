import { describe, expect, it } from 'vitest';
import {
  DOSSIER_STATUSES,
  type DossierAction,
  type DossierActionType,
  type DossierStatus,
  mayFollow,
  TRANSITIONS,
} from '../../shared/domain/dossier.ts';
import { dossierOf } from '../../shared/domain/dossier-of.ts';
import { ACTIONS, WAY_TO } from './dossier-builders.ts';

type Moves = Partial<Record<DossierStatus | 'none', DossierStatus>>;
const STATUSES = Object.keys(DOSSIER_STATUSES) as DossierStatus[];
const everywhere = Object.fromEntries(STATUSES.map((status) => [status, status]));

const { published: _published, ...unpublished } = everywhere as Record<DossierStatus, DossierStatus>;
const { leftOut: _leftOut, ...assessed } = unpublished;
const { collecting: _collecting, ...afterFiling } = assessed;
const mapped = (moves: Moves, to: DossierStatus): Moves =>
  Object.fromEntries(Object.keys(moves).map((status) => [status, to]));

/** What each action does in each status; what is not named here is refused. */
const MOVES: Record<DossierActionType, Moves> = {
  admitted: { none: 'collecting', leftOut: 'collecting', collecting: 'collecting' },
  leftOut: { none: 'leftOut', leftOut: 'leftOut', collecting: 'leftOut' },
  submitted: { collecting: 'submitted' },
  returned: { submitted: 'collecting' },
  closedUnfiled: { collecting: 'notFiled' },
  submissionStands: { collecting: 'submitted' },
  flagged: { submitted: 'submitted' },
  flagsTreated: { submitted: 'submitted' },
  deskReviewed: { submitted: 'reviewed' },
  notApplicableDecided: {
    submitted: 'submitted',
    reviewed: 'reviewed',
    visiting: 'visiting',
    visited: 'visited',
    scored: 'scored',
  },
  recusalRequested: {
    collecting: 'collecting',
    submitted: 'submitted',
    notFiled: 'notFiled',
    reviewed: 'reviewed',
    visiting: 'visiting',
  },
  recusalDecided: {
    collecting: 'collecting',
    submitted: 'submitted',
    notFiled: 'notFiled',
    reviewed: 'reviewed',
    visiting: 'visiting',
    visited: 'visited',
    scored: 'scored',
  },
  inspectorReplaced: { visiting: 'visiting' },
  visitAssigned: { reviewed: 'visiting', visited: 'visiting', scored: 'visiting' },
  captureKeyRegistered: { visiting: 'visiting' },
  findingRecorded: { visiting: 'visiting' },
  jointEntryDrafted: { visiting: 'visiting' },
  jointEntryConfirmed: { visiting: 'visiting' },
  jointEntrySentBack: { visiting: 'visiting' },
  visitClosed: { visiting: 'visited' },
  scored: {
    reviewed: 'scored',
    visited: 'scored',
    notFiled: 'scored',
    scored: 'scored',
  },
  draftResultSent: { scored: 'drafted' },
  draftResultAccepted: { drafted: 'heard' },
  draftResultAnswered: { drafted: 'answered' },
  draftResultUnanswered: { drafted: 'heard' },
  answerDecided: { answered: 'heard' },
  materialPut: { answered: 'answered', objected: 'objected' },
  materialAnswered: { answered: 'answered', objected: 'objected' },
  materialUnanswered: { answered: 'answered', objected: 'objected' },
  announced: { heard: 'announced' },
  objectionRaised: { announced: 'objected' },
  objectionDecided: { objected: 'announced' },
  vetoProposed: afterFiling,
  vetoStated: assessed,
  vetoUnanswered: assessed,
  vetoConfirmed: assessed,
  vetoSigned: assessed,
  vetoRejected: assessed,
  published: { announced: 'published' },
  resultCorrected: { published: 'published' },
  starRevoked: { published: 'published' },
  setAside: everywhere,
  setAsideCleared: everywhere,
  frozen: unpublished,
  restored: { ...mapped(unpublished, 'collecting'), leftOut: 'leftOut' },
  unfrozen: unpublished,
};

const cases = (Object.keys(MOVES) as DossierActionType[]).flatMap((type) =>
  ([...STATUSES, 'none'] as const).map((status) => [type, status, MOVES[type][status]] as const),
);

describe('the table of transitions', () => {
  it('knows every action', () => {
    expect(Object.keys(TRANSITIONS).toSorted()).toEqual(Object.keys(MOVES).toSorted());
    expect(Object.keys(ACTIONS).toSorted()).toEqual(Object.keys(MOVES).toSorted());
  });

  it.each(cases)('%s in status %s: %s', (type, status, next) => {
    expect(mayFollow(type, status)).toBe(next !== undefined);
    if (next === undefined) return;
    const before: DossierAction[] = status === 'none' ? [] : WAY_TO[status];
    expect(dossierOf(2022, [...before, ACTIONS[type]]).status).toBe(next);
  });

  it.each(STATUSES)('reaches %s by actions that are each allowed', (status) => {
    let current: DossierStatus | 'none' = 'none';
    for (const [index, action] of WAY_TO[status].entries()) {
      expect(mayFollow(action.type, current)).toBe(true);
      current = dossierOf(2022, WAY_TO[status].slice(0, index + 1)).status;
    }
    expect(current).toBe(status);
  });

  it('lets only corrections, revocations and setting aside follow publication', () => {
    const types = Object.keys(MOVES) as DossierActionType[];
    expect(types.filter((type) => mayFollow(type, 'published'))).toEqual([
      'resultCorrected',
      'starRevoked',
      'setAside',
      'setAsideCleared',
    ]);
  });

  it('begins a dossier with an admission or a leaving out only', () => {
    expect(() => dossierOf(2022, [])).toThrow('does not begin with nothing');
    expect(() => dossierOf(2022, [ACTIONS.submitted])).toThrow('does not begin with submitted');
  });
});
