import { describe, expect, it } from 'vitest';
import { agreedFinding } from '../../shared/domain/counted-facts.ts';
import { dossierOf, partial } from '../../shared/domain/dossier-of.ts';
import { grantedRecusals, listedRecusals, pendingRecusals } from '../../shared/domain/recusal.ts';
import { Inspector } from '../../shared/domain/settings.ts';
import { unrecorded } from '../../shared/domain/visit.ts';
import { dossierAction, filing } from './builders.ts';
import {
  aFinding,
  aJointEntry,
  anAssignment,
  aRecusalDecision,
  aRequest,
  claimed,
  correction,
  WAY_TO,
} from './dossier-builders.ts';

const dossier = (...history: Parameters<typeof dossierOf>[1]) => dossierOf(2021, history);
const replaced = (inspector: string, replacedBy: string) =>
  dossierAction('inspectorReplaced', { inspector, replacedBy });

describe('recusal by the list of inspectors', () => {
  const listed = (employers: object[], on: string, years = 2) =>
    listedRecusals([Inspector.parse({ id: 'i-1', name: '周某', employers })], on, years);

  it('keeps an inspector away from the agency where they work', () => {
    expect(listed([{ filingNumber: filing(1) }], '2022-03-01')).toEqual([
      { inspector: 'i-1', filingNumber: filing(1), reason: '现在该机构任职' },
    ]);
  });

  it.each([
    ['2020-03-02', 1],
    ['2020-03-01', 0],
    ['2019-12-31', 0],
    ['2022-02-28', 1],
  ])('of whoever left on %s lasts two years', (leftOn, count) => {
    expect(listed([{ filingNumber: filing(1), leftOn }], '2022-03-01')).toHaveLength(count);
  });

  it('follows the setting', () => {
    const left = [{ filingNumber: filing(1), leftOn: '2019-06-30' }];
    expect(listed(left, '2022-03-01', 3)).toHaveLength(1);
    expect(listed(left, '2022-03-01', 0)).toHaveLength(0);
  });

  it('comes beside those that are declared', () => {
    const inspector = Inspector.parse({
      id: 'i-1',
      name: '周某',
      recusals: [{ filingNumber: filing(2), reason: '配偶在该机构任教' }],
      employers: [{ filingNumber: filing(1), leftOn: '2021-01-01' }],
    });
    expect(listedRecusals([inspector], '2022-03-01', 2).map((one) => one.filingNumber)).toEqual([
      filing(2),
      filing(1),
    ]);
  });
});

describe('a request for recusal', () => {
  it('is open until it is decided, and counts only where it was granted', () => {
    const asked = dossier(...WAY_TO.visiting, aRequest('inspector-1'));
    expect(pendingRecusals(asked)).toMatchObject([{ inspector: 'inspector-1', reason: '与校长有亲属关系' }]);
    const refused = dossier(...asked.history, aRecusalDecision('inspector-1', false));
    expect([pendingRecusals(refused), grantedRecusals(refused)]).toEqual([[], []]);
    expect(refused.visit?.inspectors).toEqual(['inspector-1', 'inspector-2']);
    const granted = dossier(...asked.history, aRecusalDecision('inspector-1', true));
    expect(grantedRecusals(granted)).toMatchObject([{ inspector: 'inspector-1' }]);
    expect(granted.visit?.inspectors).toEqual(['inspector-2']);
  });

  it('granted before the visit is assigned leaves that place empty from the beginning', () => {
    const early = [aRequest('inspector-2'), aRecusalDecision('inspector-2', true)];
    const { visit } = dossier(...WAY_TO.reviewed, ...early, anAssignment('inspector-1', 'inspector-2'));
    expect(visit).toMatchObject({
      inspectors: ['inspector-1'],
      vacant: [{ inspector: 'inspector-2', place: 1 }],
    });
  });
});

describe('an empty place', () => {
  const granted = [aRequest('inspector-1'), aRecusalDecision('inspector-1', true)];

  it('drops what its inspector recorded, and one record alone is not agreed', () => {
    const history = [...WAY_TO.visiting, aFinding(claimed, 'inspector-1'), ...granted];
    const { visit } = dossier(...history, aFinding(claimed, 'inspector-2'));
    expect(Object.keys(visit?.findings ?? {})).toEqual(['inspector-2']);
    expect(visit && unrecorded(visit)).toEqual(['inspector-1']);
    expect(agreedFinding(visit)).toBeUndefined();
  });

  it('is filled by whoever takes over, in the same place, and then both have to record', () => {
    const history = [...WAY_TO.visiting, ...granted, replaced('inspector-1', 'inspector-4')];
    const { visit } = dossier(...history, aFinding(claimed, 'inspector-2'));
    expect(visit).toMatchObject({ inspectors: ['inspector-4', 'inspector-2'], vacant: [] });
    expect(agreedFinding(visit)).toBeUndefined();
    const both = dossier(...history, aFinding(claimed, 'inspector-2'), aFinding(claimed, 'inspector-4'));
    expect(agreedFinding(both.visit)).toEqual(claimed);
  });

  it.each([[['inspector-1', 'inspector-2']], [['inspector-2', 'inspector-1']]])(
    'is filled in its own place where %j are both replaced',
    (order) => {
      const away = ['inspector-2', 'inspector-1'].flatMap((id) => [aRequest(id), aRecusalDecision(id, true)]);
      const taken: Record<string, string> = { 'inspector-1': 'inspector-4', 'inspector-2': 'inspector-5' };
      const filled = order.map((id) => replaced(id, taken[id] ?? ''));
      const { visit } = dossier(
        ...WAY_TO.reviewed,
        anAssignment('inspector-1', 'inspector-2', 'inspector-3'),
        ...away,
        ...filled,
      );
      expect(visit?.inspectors).toEqual(['inspector-4', 'inspector-5', 'inspector-3']);
    },
  );

  it('undoes a joint entry in which the recused inspector had a part', () => {
    const { visit } = dossier(
      ...WAY_TO.visiting,
      aFinding(claimed, 'inspector-1'),
      aFinding(claimed, 'inspector-2'),
      aJointEntry('inspector-2', correction),
      ...granted,
    );
    expect(agreedFinding(visit)).toBeUndefined();
    expect(visit).not.toHaveProperty('joint');
  });

  it('leaves its inspector partial: they judge nothing of that agency', () => {
    const history = [...WAY_TO.visiting, ...granted, replaced('inspector-1', 'inspector-4')];
    expect(partial(dossier(...history))).toEqual(['inspector-4', 'inspector-2', 'inspector-1']);
  });
});
