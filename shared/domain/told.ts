/** Who is told what, and when: at each gate of a run, and of each action on a dossier. */
import { type CivilDate, chinaDate, type DeclaredDays } from './calendar.ts';
import type { DossierActionType } from './dossier.ts';
import type { GateName } from './gates.ts';
import type { Role } from './history.ts';
import type { MessageKind } from './messages.ts';
import type { Settings } from './settings.ts';
import { isWorkingDay, UnknownHolidays } from './working-days.ts';

/**
 * `agencies`: those whose record a gate waits for; `everyAgency`: all that take part; `inspectors`: those whose record of a
 * visit is missing; else everybody of a role.
 */
export type Audience = 'agencies' | 'everyAgency' | 'inspectors' | Role;
export type Telling = readonly [Audience, GateMessage];
/** Kinds whose words need no more than a gate and an agency's record know. */
export type GateMessage = Extract<
  MessageKind,
  | 'workWaits'
  | 'deadlineMoved'
  | 'selfEvaluationAsked'
  | 'selfEvaluationDue'
  | 'visitAsked'
  | 'visitAnnounced'
  | 'visitDue'
  | 'draftResultSent'
  | 'draftResultDue'
  | 'starsAnnounced'
  | 'rectificationAsked'
  | 'rectificationDue'
  | 'recheckAsked'
>;

export interface GateTold {
  /** When the gate opens. */
  opened: readonly Telling[];
  /** So many working days before its deadline, as long as it still waits for them. */
  due: readonly Telling[];
  /** Whose turn it is, where that is staff: told again when nothing happens, and then the next role up. */
  staff?: Role;
}

const staffActs = (staff: Role): GateTold => ({ opened: [[staff, 'workWaits']], due: [], staff });

/** A gate that is not here does not compile: somebody has decided who is told of it and who is reminded. */
export const GATE_TOLD: Record<GateName, GateTold> = {
  prepareNotice: staffActs('handler'),
  approveNotice: staffActs('approver'),
  collectSelfEvaluations: {
    opened: [['agencies', 'selfEvaluationAsked']],
    due: [['agencies', 'selfEvaluationDue']],
  },
  reviewAtDesk: staffActs('handler'),
  approvePlan: staffActs('approver'),
  inspectOnSite: {
    opened: [
      ['inspectors', 'visitAsked'],
      ['agencies', 'visitAnnounced'],
    ],
    due: [['inspectors', 'visitDue']],
  },
  reviewScores: staffActs('approver'),
  // Each answer has a deadline of its own for the reply.
  answerDraftResults: {
    opened: [['agencies', 'draftResultSent']],
    due: [['agencies', 'draftResultDue']],
  },
  // Nobody is asked to object; each objection has a deadline of its own.
  receiveObjections: { opened: [['everyAgency', 'starsAnnounced']], due: [] },
  prepareCircular: staffActs('handler'),
  signCircular: staffActs('director'),
  correctDefects: {
    opened: [['agencies', 'rectificationAsked']],
    due: [['agencies', 'rectificationDue']],
  },
  // A re-check has no deadline: a handler sees to it that inspectors go.
  recheckCorrections: { opened: [['inspectors', 'recheckAsked']], due: [], staff: 'handler' },
  decideRectifications: staffActs('approver'),
  signRecommendations: staffActs('director'),
  prepareCorrection: staffActs('handler'),
  approveCorrection: staffActs('approver'),
  signCorrection: staffActs('director'),
};

/** `colleagues`: the visit's other inspectors, whoever of them acted. */
export type ActionTelling = readonly ['agency' | 'colleagues' | readonly Role[], DossierMessage];

/** Actions on a dossier that somebody is told of, and whom. `null`: the gates say enough, or nobody need know. */
export const ACTION_TOLD: Record<DossierActionType, ActionTelling | null> = {
  admitted: null,
  leftOut: null,
  submitted: null,
  returned: ['agency', 'selfEvaluationReturned'],
  closedUnfiled: null,
  submissionStands: null,
  flagged: null,
  flagsTreated: null,
  deskReviewed: null,
  notApplicableDecided: null,
  visitAssigned: null,
  captureKeyRegistered: null,
  findingRecorded: null,
  jointEntryDrafted: ['colleagues', 'jointEntryToConfirm'],
  jointEntryConfirmed: ['colleagues', 'jointEntryConfirmed'],
  jointEntrySentBack: ['colleagues', 'jointEntrySentBack'],
  visitClosed: null,
  recusalRequested: [['approver'], 'recusalRequested'],
  recusalDecided: null,
  inspectorReplaced: null,
  scored: null,
  // The gate that opens next says by when to answer.
  draftResultSent: null,
  draftResultAccepted: null,
  draftResultAnswered: [['handler'], 'draftResultAnswered'],
  draftResultUnanswered: null,
  answerDecided: ['agency', 'answerDecided'],
  announced: null,
  objectionRaised: [['approver'], 'objectionRaised'],
  objectionDecided: ['agency', 'objectionDecided'],
  materialPut: ['agency', 'materialPut'],
  // Either may have put it.
  materialAnswered: [['handler', 'approver'], 'materialAnswered'],
  materialUnanswered: null,
  vetoProposed: ['agency', 'vetoPut'],
  vetoStated: [['handler', 'approver'], 'vetoToConfirm'],
  vetoUnanswered: [['handler', 'approver'], 'vetoToConfirm'],
  // Of the second confirmation.
  vetoConfirmed: [['director'], 'vetoToSign'],
  vetoSigned: ['agency', 'vetoDecided'],
  vetoRejected: ['agency', 'vetoDecided'],
  published: null,
  resultCorrected: ['agency', 'resultCorrected'],
  starRevoked: ['agency', 'starRevoked'],
  setAside: null,
  setAsideCleared: null,
  frozen: ['agency', 'cycleFrozen'],
  restored: ['agency', 'recordRestored'],
  unfrozen: ['agency', 'cycleUnfrozen'],
};
/** Kinds whose words need no more than the year, the agency and a day that the action sets. */
export type DossierMessage =
  | 'selfEvaluationReturned'
  | 'jointEntryToConfirm'
  | 'jointEntryConfirmed'
  | 'jointEntrySentBack'
  | 'recusalRequested'
  | 'draftResultAnswered'
  | 'answerDecided'
  | 'materialPut'
  | 'materialAnswered'
  | 'objectionRaised'
  | 'objectionDecided'
  | 'vetoPut'
  | 'vetoToConfirm'
  | 'vetoToSign'
  | 'vetoDecided'
  | 'resultCorrected'
  | 'starRevoked'
  | 'cycleFrozen'
  | 'recordRestored'
  | 'cycleUnfrozen';

/** Who replies to what agencies say at a gate: reminded before the day of the reply; the other is told when it has passed. */
export const REPLIES_TOLD: Partial<
  Record<GateName, { staff: Role; due: ReplyMessage; above: Role; overdue: ReplyMessage }>
> = {
  answerDraftResults: { staff: 'handler', due: 'answerDue', above: 'approver', overdue: 'answerOverdue' },
  receiveObjections: {
    staff: 'approver',
    due: 'objectionDue',
    above: 'director',
    overdue: 'objectionOverdue',
  },
};
type ReplyMessage = 'answerDue' | 'answerOverdue' | 'objectionDue' | 'objectionOverdue';

/** Who is told next when a role does not act. */
const LADDER: readonly Role[] = ['handler', 'approver', 'director', 'auditor'];

/** Of this many working days without a decision, the first only calls again. */
export interface Escalation {
  days: number;
  at: string;
  to: Role;
}

/**
 * When a role that has had its turn since `openedAt` is told again, and when the next roles up are: one step of the setting
 * after another, up to the auditor.
 */
export function escalations(
  role: Role,
  openedAt: string,
  settings: Pick<Settings, 'escalateAfterWorkingDays' | 'declaredDays'>,
): Escalation[] {
  const place = LADDER.indexOf(role);
  const first = chinaDate(new Date(openedAt));
  return ascending(settings.escalateAfterWorkingDays).flatMap((days, step) => {
    const to = step === 0 ? role : LADDER[place + step];
    return to ? [{ days, at: officeHour(workingDaysFrom(first, days, settings.declaredDays)), to }] : [];
  });
}

/** When those who are late are reminded of a deadline, the earliest first. */
export function reminders(
  deadline: string,
  settings: Pick<Settings, 'reminderWorkingDaysBefore' | 'declaredDays'>,
): { days: number; at: string }[] {
  const last = chinaDate(new Date(deadline));
  return ascending(settings.reminderWorkingDaysBefore)
    .reverse()
    .map((days) => ({ days, at: officeHour(workingDaysFrom(last, -days, settings.declaredDays)) }));
}

const ascending = (days: readonly number[]) => [...new Set(days)].sort((a, b) => a - b);

/** Nine in the morning in China: nobody is reminded at midnight. */
function officeHour(date: CivilDate): string {
  return new Date(`${date}T01:00:00Z`).toISOString();
}

/** Working days forwards or backwards. Where holidays are unknown, weekdays must do: a reminder may be a day off. */
export function workingDaysFrom(date: CivilDate, count: number, declared: DeclaredDays): CivilDate {
  let day = date;
  for (let left = Math.abs(count); left > 0; ) {
    day = shiftDay(day, Math.sign(count));
    if (worksOn(day, declared)) left--;
  }
  return day;
}

const DAY_MS = 86_400_000;

function shiftDay(date: CivilDate, by: number): CivilDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10);
}

function worksOn(date: CivilDate, declared: DeclaredDays): boolean {
  try {
    return isWorkingDay(date, declared);
  } catch (error) {
    if (!(error instanceof UnknownHolidays)) throw error;
    return ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
  }
}
