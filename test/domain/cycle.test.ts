import { describe, expect, it } from 'vitest';
import { type CycleAction, cycleOf, preparers } from '../../shared/domain/cycle.ts';
import {
  ASSESSMENT_GATES,
  GATE_NAMES,
  GATES,
  type GateName,
  gateDefinition,
  type Verdict,
} from '../../shared/domain/gates.ts';
import { waitingGate } from '../../shared/domain/run.ts';
import { aRubric, cycleAction, theSettings } from './builders.ts';

const opened = cycleAction(
  'opened',
  { year: 2022, settings: theSettings(), rubric: aRubric() },
  { by: 'opener' },
);
const cycle = (...actions: CycleAction[]) => cycleOf([opened, ...actions]);
const enter = (gate: GateName, attempt = 1) =>
  cycleAction(
    'gateOpened',
    { gate, attempt, enteredAt: `${gate}-${attempt}`, deadline: '2022-03-15T15:59:59.999Z' },
    { at: '2022-03-02T00:00:00.000Z' },
  );
const decide = (gate: GateName, verdict: Verdict, by = 'approver-1', attempt = 1) =>
  cycleAction(
    'gateDecided',
    { gate, attempt, verdict, agencies: [] },
    { by, role: 'approver', reason: '同意' },
  );

describe('a cycle 评估年度', () => {
  it('begins with its settings and rubric, open, its rules not fixed, at no gate', () => {
    expect(cycle()).toMatchObject({
      year: 2022,
      status: 'open',
      rulesFixed: false,
      openings: {},
      inspectors: [],
    });
    expect(cycle()).toMatchObject({ settings: theSettings(), rubric: aRubric(), history: [opened] });
    expect(waitingGate(cycle())).toBeUndefined();
  });

  it('does not begin with anything else', () => {
    expect(() => cycleOf([])).toThrow('does not begin with nothing');
    expect(() => cycleOf([enter('prepareNotice')])).toThrow('does not begin with gateOpened');
  });

  it('takes over what is changed and drawn', () => {
    const rubric = aRubric((draft) => {
      draft.version = '2022.1';
    });
    const people = [{ id: 'inspector-1', name: '张某', recusals: [] }];
    const notice = { commitment: 'c', referenceMonth: '2022-02', eligible: 13, leftOut: 2 };
    const found = cycle(
      cycleAction('settingsChanged', { settings: theSettings({ inspectorsPerVisit: 3 }) }),
      cycleAction('rubricChanged', { rubric }),
      cycleAction('inspectorsChanged', { inspectors: people }),
      cycleAction('noticeDrafted', notice),
      cycleAction('drawn', { record: 'r', digest: 'd', visits: 4 }),
      cycleAction('planPublished', { seed: 's', digest: 'd' }),
    );
    expect(found).toMatchObject({ rubric: { version: '2022.1' }, inspectors: people, notice, seed: 's' });
    expect(found).toMatchObject({ settings: { inspectorsPerVisit: 3 }, draw: { record: 'r', visits: 4 } });
    expect(found.history).toHaveLength(7);
  });

  it.each([
    ['published', cycleAction('published', { manifest: 'm' })],
    ['cancelled', cycleAction('cancelled', {}, { reason: '上级另有安排' })],
    ['failed', cycleAction('failed', { error: 'UnknownHolidays' })],
  ] as const)('ends as %s, and then waits for nobody', (status, action) => {
    const ended = cycle(enter('signCircular'), action);
    expect(ended.status).toBe(status);
    expect(waitingGate(ended)).toBeUndefined();
  });

  it('that failed is open again when its gate is entered again', () => {
    const failed = cycleAction('failed', { error: 'Timeout' });
    const again = cycle(enter('reviewScores'), failed, enter('reviewScores', 2));
    expect(again.status).toBe('open');
    expect(waitingGate(again)).toMatchObject({ gate: 'reviewScores', attempt: 2 });
  });
});

describe('a gate', () => {
  it('waits from its opening to its decision', () => {
    expect(waitingGate(cycle(enter('approveNotice')))).toEqual({
      gate: 'approveNotice',
      attempt: 1,
      enteredAt: 'approveNotice-1',
      openedAt: '2022-03-02T00:00:00.000Z',
      deadline: '2022-03-15T15:59:59.999Z',
    });
    const decided = cycle(enter('approveNotice'), decide('approveNotice', 'return'));
    expect(waitingGate(decided)).toBeUndefined();
    expect(decided.gate?.decision).toEqual({
      verdict: 'return',
      agencies: [],
      by: 'approver-1',
      reason: '同意',
    });
  });

  it('counts its openings apart from those of others, and waits anew after a return', () => {
    const found = cycle(
      enter('prepareNotice'),
      decide('prepareNotice', 'approve'),
      enter('approveNotice'),
      decide('approveNotice', 'return'),
      enter('prepareNotice', 2),
    );
    expect(found.openings).toEqual({ prepareNotice: 2, approveNotice: 1 });
    expect(waitingGate(found)).toMatchObject({ gate: 'prepareNotice', attempt: 2 });
    expect(found.gate?.decision).toBeUndefined();
  });

  it('has its deadline moved without being decided', () => {
    const data = {
      gate: 'collectSelfEvaluations',
      attempt: 1,
      deadline: '2022-03-20T15:59:59.999Z',
    } as const;
    const moved = cycle(enter('collectSelfEvaluations'), cycleAction('deadlineMoved', data));
    expect(waitingGate(moved)).toMatchObject({
      deadline: data.deadline,
      enteredAt: 'collectSelfEvaluations-1',
    });
  });

  it('freezes rubric and settings when the notice is approved, and only then', () => {
    const fixedBy = (gate: GateName, verdict: Verdict) =>
      cycle(enter(gate), decide(gate, verdict)).rulesFixed;
    expect(fixedBy('approveNotice', 'approve')).toBe(true);
    expect(fixedBy('approveNotice', 'return')).toBe(false);
    expect(fixedBy('approveNotice', 'cancel')).toBe(false);
    for (const gate of GATE_NAMES.filter((name) => name !== 'approveNotice')) {
      expect(fixedBy(gate, 'approve')).toBe(false);
    }
    const later = cycle(
      enter('approveNotice'),
      decide('approveNotice', 'approve'),
      enter('approvePlan'),
      decide('approvePlan', 'return'),
    );
    expect(later.rulesFixed).toBe(true);
  });
});

describe('preparers', () => {
  it('of the notice are those who opened, changed and handed in the cycle', () => {
    const found = cycle(
      cycleAction('settingsChanged', { settings: theSettings() }, { by: 'setter' }),
      cycleAction('rubricChanged', { rubric: aRubric() }, { by: 'author' }),
      cycleAction('inspectorsChanged', { inspectors: [] }, { by: 'registrar' }),
      decide('prepareNotice', 'approve', 'author'),
      decide('approveNotice', 'approve', 'approver-1'),
    );
    expect(preparers(found, 'approveNotice')).toEqual(['author', 'opener', 'setter']);
    expect(preparers(cycle(decide('prepareNotice', 'approve', 'sender')), 'approveNotice')).toEqual([
      'opener',
      'sender',
    ]);
  });

  it('of the circular are those who approved the scores and handed in the draft', () => {
    const found = cycle(
      decide('prepareNotice', 'approve', 'author'),
      decide('reviewScores', 'return', 'reviewer-1'),
      decide('reviewScores', 'approve', 'reviewer-2'),
      decide('prepareCircular', 'approve', 'editor'),
      decide('signCircular', 'return', 'director-1'),
    );
    expect(preparers(found, 'signCircular')).toEqual(['editor', 'reviewer-1', 'reviewer-2']);
  });
});

describe('the gates of a year', () => {
  it('stand in the order of the workflow', () => {
    expect(Object.keys(ASSESSMENT_GATES)).toEqual([
      'prepareNotice',
      'approveNotice',
      'collectSelfEvaluations',
      'reviewAtDesk',
      'approvePlan',
      'inspectOnSite',
      'reviewScores',
      'answerDraftResults',
      'receiveObjections',
      'prepareCircular',
      'signCircular',
    ]);
  });

  it.each([
    ['approveNotice', 'approver'],
    ['approvePlan', 'approver'],
    ['reviewScores', 'approver'],
    ['signCircular', 'director'],
    ['prepareNotice', 'handler'],
    ['prepareCircular', 'handler'],
  ] as const)('%s is decided by the %s', (gate, role) => {
    expect(gateDefinition(gate)).toMatchObject({ waitsFor: 'decision', role });
  });

  it('that wait for records open with the last record or the deadline; objections only after it', () => {
    expect(GATES.collectSelfEvaluations.opens).toBe('either');
    expect(GATES.inspectOnSite.opens).toBe('either');
    expect(GATES.reviewAtDesk.opens).toBe('records');
    expect(GATES.receiveObjections.opens).toBe('both');
  });
});
