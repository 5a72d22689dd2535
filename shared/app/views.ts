/** What each role sees of a cycle and of a dossier. Everything else is left out here, once, for every route. */
import { type Cycle, lastDeadline } from '../domain/cycle.ts';
import { DOSSIER_STATUSES, type Dossier, type DossierStatus } from '../domain/dossier.ts';
import { explainedItems } from '../domain/draft-result.ts';
import { openExchange, turnOf } from '../domain/exchange.ts';
import { flagId, treatedFlag, untreatedFlags } from '../domain/flag.ts';
import { GATES, type GateName, gateDefinition } from '../domain/gates.ts';
import type { Actor, Entry } from '../domain/history.ts';
import { undecidedItems } from '../domain/not-applicable.ts';
import { pendingRecusals } from '../domain/recusal.ts';
import { waitingGate } from '../domain/run.ts';
import { openCases, rolesToAct, stageOf, type VetoCase } from '../domain/veto.ts';
import { differingIn, standingEntry, unconfirmed, unrecorded, type Visit } from '../domain/visit.ts';
import { contradictionsOf } from './circular.ts';
import { stillWaiting } from './gates.ts';
import type { Deps } from './ports.ts';
import { allOf, cycleKind, dossierKind, keys, pageOf } from './records.ts';
import { Refusal } from './refusal.ts';
import { escalationsOf } from './telling.ts';

type Viewer = Actor & { agency?: string };

/** Shows what a use case returned, unless it refused. */
export async function withView<T, V>(outcome: T | Refusal, show: (value: T) => V | Promise<V>) {
  return outcome instanceof Refusal ? outcome : show(outcome);
}

/** The same of a run that a year may not have had yet: none is no error. */
export async function withRunView<T, V>(run: T | Refusal, show: (run: T) => V | Promise<V>) {
  return run instanceof Refusal && run.code === 'notFound' ? null : withView(run, show);
}

const STAFF = ['handler', 'approver', 'director', 'auditor'];
const isStaff = ({ role }: Viewer) => STAFF.includes(role);

/** Gates at which the circular's text is held against the data. */
const TEXT_GATES: readonly string[] = ['prepareCircular', 'signCircular'] satisfies GateName[];

export async function viewCycle(deps: Deps, cycle: Cycle, viewer: Viewer) {
  const gate = waitingGate(cycle);
  const common = {
    year: cycle.year,
    status: cycle.status,
    gate: gate && {
      gate: gate.gate,
      title: GATES[gate.gate].title,
      attempt: gate.attempt,
      openedAt: gate.openedAt,
      deadline: gate.deadline ?? null,
      waitsFor: gateDefinition(gate.gate).waitsFor,
    },
    rubric: cycle.rubric,
    /** Until when a self-evaluation may be filed, also one that was handed back at the desk. */
    selfEvaluationsUntil: lastDeadline(cycle, 'collectSelfEvaluations') ?? null,
    /** What an agency's own score depends on beside the rubric. */
    noActivityFails: cycle.settings.noActivityFails,
    centre: cycle.settings.centre,
    contact: cycle.settings.contact,
    assessedPeriod: cycle.settings.assessedPeriod ?? null,
    notice: cycle.notice ?? null,
    seed: cycle.seed ?? null,
    sampleData: cycle.settings.sampleData,
    /** What looks for malware in uploads; `none` is to be shown wherever files are. */
    scanning: deps.scanner.kind,
  };
  if (!isStaff(viewer)) return common;
  return {
    ...common,
    waiting: gate ? await stillWaiting(deps, cycle.year, gate.gate) : 0,
    escalations: gate ? await escalationsOf(deps, cycle.year, gate) : [],
    setAside: await deps.items.count(keys.waiting(cycle.year, 'setAside')),
    settings: cycle.settings,
    inspectors: cycle.inspectors,
    draw: cycle.draw ?? null,
    contradictions: TEXT_GATES.includes(gate?.gate ?? '') ? contradictionsOf(cycle) : [],
    manifest: cycle.manifest ?? null,
    history: cycle.history.map(withoutRules),
  };
}

const LONG = ['opened', 'settingsChanged', 'rubricChanged', 'circularDrafted', 'circularEdited'];

/** The history's lines; whole rubrics, settings and texts are read where they stand, not in every line. */
function withoutRules({ seq, at, by, type, data, reason, hash }: Entry) {
  const brief = LONG.includes(type) ? {} : data;
  return { seq, at, by, type, data: brief, reason: reason ?? null, hash };
}

export async function listCycles(deps: Deps, viewer: Viewer) {
  const cycles: unknown[] = [];
  for await (const cycle of allOf(deps, cycleKind, keys.cycle(0).pk)) {
    const { rubric: _rubric, ...view } = await viewCycle(deps, cycle, viewer);
    cycles.push(view);
  }
  return cycles;
}

/** An agency learns its score with the draft result, not before. */
const SCORE_SHOWN: readonly DossierStatus[] = [
  'drafted',
  'answered',
  'heard',
  'announced',
  'objected',
  'published',
];

export function viewDossier(dossier: Dossier, viewer: Viewer) {
  const { year, filingNumber, status, agency, leftOut } = dossier;
  const common = { year, filingNumber, status, statusTitle: DOSSIER_STATUSES[status], agency, leftOut };
  if (viewer.role === 'agency') {
    const { submission, returnedFor, answers, objections, visit } = dossier;
    // Who comes is public with the plan; what they found is not the agency's to see before the draft result.
    const inspectors = visit?.inspectors ?? [];
    const recusals = ownRequests(dossier, viewer);
    const rounds = roundsOf(dossier);
    const vetoes = dossier.vetoCases.map(ownCase);
    const said = { returnedFor, answers, objections, vetoes, recusals };
    const own = { ...common, submission, rounds, ...said, inspectors };
    if (!SCORE_SHOWN.includes(status)) return own;
    return { ...own, score: dossier.sheet, draftResult: draftResultOf(dossier) };
  }
  if (viewer.role === 'inspector') {
    const { visit, submission } = dossier;
    if (!visit?.inspectors.includes(viewer.id)) return new Refusal('notYours');
    const complete = unrecorded(visit).length === 0;
    const own = visit.findings[viewer.id];
    const findings = complete ? visit.findings : own ? { [viewer.id]: own } : {};
    const { inspectors, reasons, tolerancePercent, joint } = visit;
    const differing = differingIn(visit);
    const captureKeys = visit.captureKeys[viewer.id] ?? [];
    const seen = { inspectors, reasons, findings, tolerancePercent, differing, joint, captureKeys };
    return {
      ...common,
      answers: submission?.answers,
      visit: seen,
      recusals: ownRequests(dossier, viewer),
    };
  }
  const { history, sheet, treatments: _withFlags, ...rest } = dossier;
  const flags = dossier.flags.map((flag) => ({ id: flagId(flag), ...treatedFlag(dossier, flag) }));
  return {
    ...common,
    ...rest,
    flags,
    undecidedItems: undecidedItems(dossier),
    score: sheet,
    draftResult: draftResultOf(dossier),
    history,
  };
}

function draftResultOf(dossier: Dossier) {
  const { draftResult } = dossier;
  return draftResult && { ...draftResult, items: explainedItems(dossier) };
}

/** What the agency filed, round by round, and why each but the last was handed back. */
function roundsOf({ history }: Dossier) {
  const rounds: (Omit<NonNullable<Dossier['submission']>, 'commitment'> & { returnedFor: string | null })[] =
    [];
  for (const { type, at, data, reason = '' } of history) {
    if (type === 'submitted') {
      const { answers, claimed, digest } = data;
      rounds.push({ at, answers, claimed, digest, returnedFor: null });
    }
    const last = rounds.at(-1);
    if (type === 'returned' && last) last.returnedFor = reason;
  }
  return rounds;
}

/** An agency and an inspector see what they asked themselves, and not what the other side asked. */
function ownRequests({ recusals }: Dossier, { id }: Viewer) {
  return recusals.filter(({ by }) => by.id === id);
}

/** A case as the agency sees it: what is held against it, what it said, and the decision; nobody's name and no opinion on the way there. */
function ownCase(one: VetoCase) {
  const { id, code, facts, evidence, sources, proposedAt, answerBy, heardAt, statement, outcome, decision } =
    one;
  return {
    id,
    code,
    facts,
    evidence,
    sources: sources.map(({ title, on }) => ({ title, on })),
    proposedAt,
    answerBy,
    heard: heardAt !== undefined,
    statement: statement ?? null,
    outcome: outcome ?? null,
    decision: decision?.reason ?? null,
    decidedAt: decision?.at ?? null,
  };
}

/** The list: staff page through all; an agency or an inspector gets what is theirs, and no cursor that tells of others. */
export async function listDossiers(deps: Deps, year: number, viewer: Viewer, cursor: string | null) {
  if (isStaff(viewer)) {
    const page = await pageOf(deps, dossierKind, keys.dossiers(year), cursor, 100);
    return { records: page.records.map(line), broken: page.broken, cursor: page.cursor };
  }
  const records: unknown[] = [];
  for await (const { filingNumber, agency, status, visit } of allOf(deps, dossierKind, keys.dossiers(year))) {
    const own = viewer.role === 'agency' && filingNumber === viewer.agency;
    const assigned = viewer.role === 'inspector' && visit?.inspectors.includes(viewer.id);
    if (!own && !assigned) continue;
    const turn = assigned &&
      visit && { recorded: viewer.id in visit.findings, asks: asksOf(visit, viewer.id) };
    records.push({ filingNumber, name: agency.name, status, ...turn });
  }
  return { records, broken: [], cursor: null };
}

/** What a visit asks of one of its inspectors while it is under way; null: they wait for the others. */
function asksOf(visit: Visit, inspector: string): 'record' | 'draft' | 'confirm' | null {
  if (!visit.findings[inspector]) return 'record';
  if (unconfirmed(visit).includes(inspector)) return 'confirm';
  return differingIn(visit).length > 0 && !standingEntry(visit) ? 'draft' : null;
}

function line(dossier: Dossier) {
  const { filingNumber, status, agency, flags, visit, setAside, objections, sheet } = dossier;
  const open = openExchange(dossier);
  return {
    filingNumber,
    name: agency.name,
    filingType: agency.filingType,
    nature: agency.nature,
    status,
    statusTitle: DOSSIER_STATUSES[status],
    flags: flags.length,
    untreatedFlags: untreatedFlags(dossier).length,
    inspectors: visit?.inspectors ?? [],
    objections: objections.length,
    openObjections: objections.filter(({ verdict }) => !verdict).length,
    undecidedItems: undecidedItems(dossier).length,
    pendingRecusals: pendingRecusals(dossier).length,
    score: sheet ? { total: sheet.total, stars: sheet.stars, result: sheet.result } : null,
    vetoes: openCases(dossier).map((one) => ({
      id: one.id,
      stage: stageOf(one),
      roles: rolesToAct(one),
      hands: [one.proposedBy, ...one.confirmations.map(({ by }) => by)].map(({ id }) => id),
      answerBy: one.answerBy,
    })),
    reply: open ? { id: open.id, dueBy: open.dueBy ?? null, turn: turnOf(dossier) } : null,
    setAside: setAside ?? null,
  };
}
