/**
 * What must hold of the person who signs an action. The store checks it as it writes, and every write of a record goes
 * through here: a caller can neither leave it out nor get around it with a state that it made up.
 */
import { captureKeyName } from '../domain/capture.ts';
import type { ComplaintAction } from '../domain/complaint.ts';
import type { CycleAction } from '../domain/cycle.ts';
import type { DossierAction } from '../domain/dossier.ts';
import { WHILE_FROZEN } from '../domain/freeze.ts';
import type { GateName } from '../domain/gates.ts';
import type { RectificationAction } from '../domain/rectification.ts';
import type { GateAction } from '../domain/run.ts';
import { type VetoAction, vetoHand, vetoTurn } from '../domain/veto.ts';
import type { Condition } from './ports.ts';

/** Attribute of a cycle or dossier that stands still. */
export const FROZEN = 'frozen';

/** Set attribute of a cycle: the people whose work a decision at the gate approves, and who may not decide there. */
export const preparersOf = (gate: GateName) => `preparers_${gate}`;

/** A record that stands still takes nothing but what belongs to the freeze, and nothing of that when it does not. */
function standingStill(type: string): Condition[] {
  return [WHILE_FROZEN.includes(type) ? { attribute: FROZEN, in: ['yes'] } : { isAbsent: FROZEN }];
}

/** Nobody approves what they themselves prepared, and a year is frozen only where it waits. Cancelling approves nothing. */
export function cycleDuties(action: CycleAction | GateAction): Condition[] {
  return [...standingStill(action.type), ...gateDuties(action)];
}

function gateDuties(action: CycleAction | GateAction): Condition[] {
  if (action.type === 'frozen') {
    return [{ attribute: 'gate', in: [`${action.data.gate}#${action.data.attempt}`] }];
  }
  if (action.type !== 'gateDecided' || action.data.verdict === 'cancel') return [];
  return [{ attribute: preparersOf(action.data.gate), lacks: action.by.id }];
}

/** In an exchange each side acts at its turn: nothing is decided while the agency may answer new material. */
const turn = (whose: 'agency' | 'centre'): Condition => ({ attribute: 'turn', in: [whose] });

/**
 * A desk review is closed when every flag has been dealt with. Findings come from those who were sent and of whom no recusal
 * is open, once each; a joint entry from one of them, when all have recorded, on what they differ in and while none stands; it
 * is confirmed or sent back by another of them, never by the one who drafted it. A recusal is decided by somebody who neither
 * asked for it nor goes there, and only while it is open. Answers and objections are replied to by those who were never sent
 * to that agency or kept away from it, and not while the agency may still answer. Nothing is published of an agency against
 * which a case is open.
 */
export function dossierDuties(action: DossierAction): Condition[] {
  return [...standingStill(action.type), ...personalDuties(action)];
}

function personalDuties({ type, by, data }: DossierAction): Condition[] {
  switch (type) {
    case 'deskReviewed':
      return [{ isAbsent: 'untreated' }];
    case 'captureKeyRegistered':
    case 'findingRecorded':
      return [
        { attribute: 'inspectors', holds: by.id },
        { attribute: 'recorded', lacks: by.id },
        { attribute: 'suspended', lacks: by.id },
        ...signedWith({ type, by, data } as DossierAction),
      ];
    case 'jointEntryDrafted':
      return [
        { attribute: 'inspectors', holds: by.id },
        { attribute: 'suspended', lacks: by.id },
        { isAbsent: 'unrecorded' },
        { isAbsent: 'jointEntry' },
        ...data.settled.map(({ item }) => ({ attribute: 'differing', holds: item })),
      ];
    case 'jointEntryConfirmed':
    case 'jointEntrySentBack':
      return [
        { attribute: 'unconfirmed', holds: by.id },
        { attribute: 'suspended', lacks: by.id },
        { attribute: 'jointEntry', in: [String(data.entry)] },
      ];
    case 'recusalRequested':
      return [{ attribute: 'suspended', lacks: data.inspector }];
    case 'recusalDecided':
      return [
        { attribute: 'suspended', holds: data.inspector },
        { attribute: 'askers', lacks: by.id },
        { attribute: 'inspectors', lacks: by.id },
      ];
    case 'answerDecided':
    case 'objectionDecided':
    case 'materialPut':
      return [{ attribute: 'partial', lacks: by.id }, turn('centre')];
    case 'materialAnswered':
    case 'materialUnanswered':
      return [turn('agency')];
    case 'vetoProposed':
      return [
        { attribute: 'partial', lacks: by.id },
        { attribute: 'vetoes', lacks: data.code },
      ];
    case 'vetoStated':
    case 'vetoUnanswered':
    case 'vetoConfirmed':
    case 'vetoSigned':
    case 'vetoRejected':
      return caseDuties(data.id, type, by);
    case 'published':
      return [{ isAbsent: 'vetoTurns' }];
    default:
      return [];
  }
}

/** Each act of a case in its turn and role; whoever decides has had no part in it before and is nobody's inspector there. */
function caseDuties(
  id: string,
  type: Exclude<VetoAction['type'], 'vetoProposed'>,
  by: VetoAction['by'],
): Condition[] {
  const turn: Condition = { attribute: 'vetoTurns', holds: vetoTurn(id, type, by.role) };
  if (type === 'vetoStated' || type === 'vetoUnanswered') return [turn];
  return [
    turn,
    { attribute: 'vetoHands', lacks: vetoHand(id, by.id) },
    { attribute: 'partial', lacks: by.id },
  ];
}

/** A packet counts only with a key that its own inspector registered for this very visit. */
function signedWith(action: DossierAction): Condition[] {
  if (action.type !== 'findingRecorded' || !action.data.packet) return [];
  return [{ attribute: 'captureKeys', holds: captureKeyName(action.by.id, action.data.packet.key) }];
}

/** Re-checks come from those who were drawn, once each; the verdict from somebody else. */
export function rectificationDuties({ type, by }: RectificationAction): Condition[] {
  switch (type) {
    case 'recheckRecorded':
      return [
        { attribute: 'inspectors', holds: by.id },
        { attribute: 'recorded', lacks: by.id },
      ];
    case 'verdictGiven':
      return [{ attribute: 'inspectors', lacks: by.id }];
    default:
      return [];
  }
}

/** Set attributes of a complaint: who must not judge it, and who prepared what is to be reviewed. */
export const PARTIAL = 'partial';
export const PREPARERS = 'preparers';

/** Whoever was sent to the agency has no say in a complaint about it, and nobody reviews the finding that they prepared. */
export function complaintDuties({ type, by }: ComplaintAction): Condition[] {
  const unbiased: Condition = { attribute: PARTIAL, lacks: by.id };
  switch (type) {
    case 'accepted':
    case 'refused':
    case 'takenOver':
    case 'findingProposed':
      return [unbiased];
    case 'findingReturned':
    case 'findingApproved':
      return [unbiased, { attribute: PREPARERS, lacks: by.id }];
    default:
      return [];
  }
}
