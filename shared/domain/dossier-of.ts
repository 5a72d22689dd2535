/** What a dossier's actions amount to: {@link dossierOf} goes through them one by one. */
import { type Correction, correct, stillNotApplicable } from './corrected-facts.ts';
import { type Dossier, type DossierAction, TRANSITIONS } from './dossier.ts';
import { type Exchange, exchangesAfter, isExchangeAction, laterBy } from './exchange.ts';
import { type Treated, treatedCorrections } from './flag.ts';
import { grantedRecusals, recusalChanges } from './recusal.ts';
import { heardLater, isVetoAction, vetoChanges } from './veto.ts';
import { everInspected, vacate, visitChanges } from './visit.ts';

/** Everything derived from a dossier's actions. Throws when the first action is not an admission or a leaving out. */
export function dossierOf(year: number, history: readonly DossierAction[]): Dossier {
  const [first] = history;
  if (first?.type !== 'admitted' && first?.type !== 'leftOut') {
    throw new TypeError(`a dossier does not begin with ${first?.type ?? 'nothing'}`);
  }
  const { agency } = first.data;
  const empty: Dossier = {
    year,
    filingNumber: agency.filingNumber,
    status: 'collecting',
    agency,
    flags: [],
    treatments: [],
    notApplicable: [],
    recusals: [],
    earlierVisits: [],
    corrections: [],
    answers: [],
    objections: [],
    vetoCases: [],
    frozen: false,
    formerlyPartial: [],
    history: [],
  };
  let dossier = empty;
  for (const action of history) {
    dossier =
      action.type === 'restored' ? restored(dossier, history, action.data.toSeq) : apply(dossier, action);
  }
  return { ...dossier, history: [...history] };
}

/** As after an earlier entry, and still standing still; who had to do with the agency since then remains partial. */
function restored(dossier: Dossier, history: readonly DossierAction[], toSeq: number): Dossier {
  return {
    ...dossierOf(dossier.year, history.slice(0, toSeq)),
    frozen: true,
    ...(dossier.frozenAt && { frozenAt: dossier.frozenAt }),
    formerlyPartial: partial(dossier),
  };
}

/** What is due of an open answer, objection or case is due as much later as the dossier has stood still. */
function goneOn(dossier: Dossier, at: string): Pick<Dossier, 'answers' | 'objections' | 'vetoCases'> {
  const stood = dossier.frozenAt === undefined ? 0 : Date.parse(at) - Date.parse(dossier.frozenAt);
  const later = (exchange: Exchange) => laterBy(exchange, stood);
  return {
    answers: dossier.answers.map(later),
    objections: dossier.objections.map(later),
    vetoCases: dossier.vetoCases.map((one) => heardLater(one, stood)),
  };
}

function apply(dossier: Dossier, action: DossierAction): Dossier {
  const { to } = TRANSITIONS[action.type];
  const status = typeof to === 'function' ? to(action, dossier.status) : to;
  return { ...dossier, ...changes(dossier, action), status };
}

/** What an action changes beside the status. */
function changes(dossier: Dossier, action: DossierAction): Partial<Dossier> {
  switch (action.type) {
    case 'admitted':
      return { agency: action.data.agency, leftOut: undefined };
    case 'leftOut':
      return { agency: action.data.agency, leftOut: action.data.because };
    case 'submitted':
      // What was decided about an earlier round does not hold for this one.
      return {
        submission: { ...action.data, at: action.at },
        notApplicable: [],
        flags: [],
        treatments: [],
      };
    case 'returned':
      return { returnedFor: action.reason ?? '' };
    case 'flagged':
      return {
        flags: action.data.flags,
        platform: action.data.platform,
        upheldComplaints: action.data.upheldComplaints,
      };
    case 'flagsTreated':
      return { treatments: [...dossier.treatments, treated(action)] };
    case 'deskReviewed':
      // The handler who finishes the review has the last word.
      return deskResult(dossier, [...treatedCorrections(dossier), ...action.data.corrections]);
    case 'notApplicableDecided':
      return { notApplicable: decidedItems(dossier, action.data) };
    case 'vetoSigned': {
      const { sheet } = action.data;
      return { ...vetoChanges(dossier, action), ...(sheet && { sheet }) };
    }
    case 'scored':
      return { sheet: action.data.sheet, platform: action.data.platform };
    case 'resultCorrected': {
      const { corrections, sheet } = action.data;
      return { ...afterChange(dossier, corrections), sheet };
    }
    case 'starRevoked':
      return { sheet: action.data.sheet, revoked: action.reason ?? '' };
    case 'setAside':
      return { setAside: { step: action.data.step, reason: action.reason ?? '' } };
    case 'setAsideCleared':
      return { setAside: undefined };
    case 'frozen':
      return { frozen: true, frozenAt: action.at };
    case 'unfrozen':
      return { frozen: false, frozenAt: undefined, ...goneOn(dossier, action.at) };
    case 'recusalRequested':
      return recusalChanges(dossier, action);
    case 'recusalDecided':
      return recusalDecided(dossier, action);
    case 'visitAssigned':
    case 'captureKeyRegistered':
    case 'findingRecorded':
    case 'jointEntryDrafted':
    case 'jointEntryConfirmed':
    case 'jointEntrySentBack':
    case 'inspectorReplaced':
    case 'visitClosed':
      return visitChanges(dossier, action, keptAway(dossier));
    default:
      if (isVetoAction(action)) return vetoChanges(dossier, action);
      return isExchangeAction(action) ? exchangesAfter(dossier, action) : {};
  }
}

function treated({ data, by, at, reason = '' }: Extract<DossierAction, { type: 'flagsTreated' }>): Treated {
  return { ...data, by, at, reason };
}

function deskResult({ submission, notApplicable }: Dossier, corrections: Correction[]): Partial<Dossier> {
  const filed = submission?.answers ?? { items: {}, bonus: {} };
  return {
    desk: { answers: correct(filed, corrections), corrections },
    notApplicable: stillNotApplicable(notApplicable, corrections),
  };
}

function decidedItems({ notApplicable }: Dossier, { item, approved }: { item: string; approved: boolean }) {
  const others = notApplicable.filter((code) => code !== item);
  return approved ? [...others, item] : others;
}

/** A granted recusal empties the inspector's place in the visit at once. */
function recusalDecided(dossier: Dossier, action: Extract<DossierAction, { type: 'recusalDecided' }>) {
  const { visit, status } = dossier;
  const { inspector, granted } = action.data;
  const emptied = granted && visit && status === 'visiting' ? { visit: vacate(visit, inspector) } : {};
  return { ...recusalChanges(dossier, action), ...emptied };
}

/** Inspectors who must keep away from an agency by a decision. */
function keptAway(dossier: Dossier): string[] {
  return grantedRecusals(dossier).map(({ inspector }) => inspector);
}

/** Everybody who was sent to the agency this year or had to keep away from it: they judge nothing of it. */
export function partial(dossier: Dossier): string[] {
  return [...new Set([...everInspected(dossier), ...keptAway(dossier), ...dossier.formerlyPartial])];
}

/** A dossier whose facts are corrected after publication, before it is scored again. */
export function afterChange(dossier: Dossier, corrections: readonly Correction[]): Dossier {
  const later = corrections.map((one) => ({ ...one, source: 'correction' as const }));
  return {
    ...dossier,
    corrections: [...dossier.corrections, ...later],
    notApplicable: stillNotApplicable(dossier.notApplicable, corrections),
  };
}
