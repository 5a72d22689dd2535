import { describe, expect, it } from 'vitest';
import { scoringInput } from '../../shared/domain/counted-facts.ts';
import { DEFAULT_RUBRIC } from '../../shared/domain/default-rubric.ts';
import type { DossierAction } from '../../shared/domain/dossier.ts';
import { dossierOf } from '../../shared/domain/dossier-of.ts';
import { scoreAgency } from '../../shared/domain/score.ts';
import {
  nextCaseId,
  openCases,
  rolesToAct,
  standingCodes,
  vetoesByCase,
  vetoHands,
  vetoTurns,
} from '../../shared/domain/veto.ts';
import { dossierAction, theSettings } from './builders.ts';
import { ACTIONS, aCaseConfirmation, actions, aVetoCase, WAY_TO } from './dossier-builders.ts';

const dossier = (...history: DossierAction[]) => dossierOf(2022, [...WAY_TO.reviewed, ...history]);
const proposed = [ACTIONS.vetoProposed];
const heard = [...proposed, ACTIONS.vetoStated];
const confirmed = [
  ...heard,
  aCaseConfirmation(1, 'handler-2', 'handler'),
  aCaseConfirmation(2, 'approver-1'),
];
const rolesIn = (...history: DossierAction[]) => openCases(dossier(...history)).flatMap(rolesToAct);

describe('a case for a veto 一票否决案', () => {
  it('is needed for seven of the nine vetoes', () => {
    expect(vetoesByCase(DEFAULT_RUBRIC).map(({ code }) => code)).toEqual([
      'V1',
      'V2',
      'V3',
      'V4',
      'V5',
      'V8',
      'V9',
    ]);
  });

  it('goes from the agency to two confirmers and the director', () => {
    expect(rolesIn(...proposed)).toEqual(['agency']);
    expect(rolesIn(...heard)).toEqual(['handler', 'approver']);
    expect(rolesIn(...proposed, ACTIONS.vetoUnanswered)).toEqual(['handler', 'approver']);
    expect(rolesIn(...confirmed)).toEqual(['director']);
    expect(rolesIn(...confirmed, ACTIONS.vetoSigned)).toEqual([]);
    expect(rolesIn(...heard, ACTIONS.vetoRejected)).toEqual([]);
  });

  it('has an approver among its confirmers', () => {
    expect(rolesIn(...heard, aCaseConfirmation(1, 'handler-2', 'handler'))).toEqual(['approver']);
    expect(rolesIn(...heard, aCaseConfirmation(1, 'approver-1'))).toEqual(['handler', 'approver']);
  });

  it('lets only the system record silence, and only while the agency may speak', () => {
    expect(vetoTurns(dossier(...proposed))).toEqual(['V3-1#vetoStated#agency', 'V3-1#vetoUnanswered#system']);
    expect(vetoTurns(dossier(...heard))).not.toContain('V3-1#vetoUnanswered#system');
    expect(vetoTurns(dossier(...confirmed, ACTIONS.vetoSigned))).toEqual([]);
  });

  it('names everybody who had a part in it, until it is closed', () => {
    expect(vetoHands(dossier(...confirmed))).toEqual(['V3-1#handler-1', 'V3-1#handler-2', 'V3-1#approver-1']);
    expect(vetoHands(dossier(...confirmed, ACTIONS.vetoSigned))).toEqual([]);
  });

  it('stands beside a case for another veto, and may be opened again once it was rejected', () => {
    const two = dossier(...proposed, aVetoCase('V9'), ACTIONS.vetoStated);
    expect(openCases(two).map(({ id, heardAt }) => [id, heardAt !== undefined])).toEqual([
      ['V3-1', true],
      ['V9-1', false],
    ]);
    expect(standingCodes(two)).toEqual(['V3', 'V9']);
    const rejected = dossier(...heard, ACTIONS.vetoRejected);
    expect(standingCodes(rejected)).toEqual([]);
    expect(nextCaseId(rejected, 'V3')).toBe('V3-2');
    expect(standingCodes(dossier(...confirmed, ACTIONS.vetoSigned))).toEqual(['V3']);
  });

  it('counts in the score once it is signed, with its facts and where they come from', () => {
    const vetoesOf = (...history: DossierAction[]) =>
      scoreAgency(scoringInput(dossier(...history), DEFAULT_RUBRIC, theSettings()));
    expect(vetoesOf(...confirmed)).toMatchObject({ vetoes: [], result: '五星级' });
    expect(vetoesOf(...heard, ACTIONS.vetoRejected).vetoes).toEqual([]);
    expect(vetoesOf(...confirmed, ACTIONS.vetoSigned)).toMatchObject({
      total: '100.00',
      stars: 0,
      result: '不合格',
      vetoes: [{ code: 'V3', finding: '滥发证书 12 本（依据：证书查询记录（2022-02-20））' }],
    });
  });

  it('changes the score in the entry that signs it', () => {
    const sheet = { ...scoreAgency(scoringInput(dossier(), DEFAULT_RUBRIC, theSettings())), stars: 0 };
    const signed = dossierAction('vetoSigned', { id: 'V3-1', sheet }, { by: 'director-1', role: 'director' });
    const scored = dossierOf(2022, [...WAY_TO.announced, ...confirmed, signed]);
    expect(scored.sheet?.stars).toBe(0);
    expect(scored.status).toBe('announced');
  });

  it('gives the agency the time that a freeze took, while it may still speak', () => {
    const answerBy = (...history: DossierAction[]) => dossier(...history).vetoCases[0]?.answerBy;
    const stood = [
      dossierAction('frozen', {}, { at: '2022-03-02T00:00:00.000Z' }),
      dossierAction('unfrozen', {}, { at: '2022-03-05T00:00:00.000Z' }),
    ];
    expect(answerBy(...proposed, ...stood)).toBe('2022-04-13T15:59:59.999Z');
    expect(answerBy(...proposed, ...actions('vetoStated'), ...stood)).toBe('2022-04-10T15:59:59.999Z');
  });
});
