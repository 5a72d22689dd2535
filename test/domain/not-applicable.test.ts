/** Declarations of not applicable that wait for an approver. */
import { describe, expect, it } from 'vitest';
import type { DossierAction } from '../../shared/domain/dossier.ts';
import { dossierOf } from '../../shared/domain/dossier-of.ts';
import { undecidedItems } from '../../shared/domain/not-applicable.ts';
import { aRate, dossierAction } from './builders.ts';
import { ACTIONS, aRuling, claimed, commitment } from './dossier-builders.ts';

function filed(...codes: string[]): DossierAction {
  const declared = codes.map((code) => [code, { notApplicable: { reason: '未开展' } }] as const);
  const answers = { ...claimed, items: { ...claimed.items, ...Object.fromEntries(declared) } };
  const data = { answers, commitment, claimed: '100.00', digest: 'd1' };
  return dossierAction('submitted', data, { by: 'agency-1', role: 'agency' });
}

const open = (...history: DossierAction[]) => undecidedItems(dossierOf(2021, [ACTIONS.admitted, ...history]));

describe('declarations of not applicable', () => {
  it('wait for an approver until they are approved or refused', () => {
    expect(open()).toEqual([]);
    expect(open(filed('C4', 'D4'))).toEqual(['C4', 'D4']);
    expect(open(filed('C4', 'D4'), aRuling('D4', false))).toEqual(['C4']);
    expect(open(filed('C4'), aRuling('C4', true))).toEqual([]);
  });

  it('wait again when the agency files anew', () => {
    expect(open(filed('C4'), aRuling('C4', true), ACTIONS.returned, filed('C4'))).toEqual(['C4']);
  });

  it('wait no longer once somebody has put the facts on record', () => {
    const corrections = [{ item: 'C4', facts: aRate(7, 10), reason: '有整改台账' }];
    expect(open(filed('C4'), dossierAction('deskReviewed', { corrections }))).toEqual([]);
  });
});
