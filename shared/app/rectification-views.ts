/** What each role sees of a rectification: staff everything, an agency its own, an inspector those they re-check. */
import { gateDefinition } from '../domain/gates.ts';
import type { Actor } from '../domain/history.ts';
import {
  openItems,
  RECTIFICATION_STATUSES,
  type Rectification,
  unrecordedRechecks,
} from '../domain/rectification.ts';
import { RECTIFICATION_RUN_STATUSES, type RectificationRun } from '../domain/rectification-run.ts';
import { waitingGate } from '../domain/run.ts';
import { awaitedNow } from './gates.ts';
import type { Deps } from './ports.ts';
import { keys, pageOf } from './records.ts';
import { allRectifications, rectificationKind } from './rectification-records.ts';
import { Refusal } from './refusal.ts';

type Viewer = Actor & { agency?: string };

const isStaff = ({ role }: Viewer) => role !== 'agency' && role !== 'inspector';

export async function viewRun(deps: Deps, run: RectificationRun, viewer: Viewer) {
  const gate = waitingGate(run);
  const common = {
    year: run.year,
    status: run.status,
    statusTitle: RECTIFICATION_RUN_STATUSES[run.status],
    gate: gate && {
      gate: gate.gate,
      title: gateDefinition(gate.gate).title,
      attempt: gate.attempt,
      openedAt: gate.openedAt,
      deadline: gate.deadline ?? null,
      waitsFor: gateDefinition(gate.gate).waitsFor,
    },
  };
  if (!isStaff(viewer)) return common;
  return {
    ...common,
    round: run.round,
    waiting: gate ? await awaitedNow(deps, run.year, gate.gate) : 0,
    draw: run.draw ?? null,
    setAside: run.setAside,
    history: run.history,
  };
}

export function viewRectification(rectification: Rectification, viewer: Viewer) {
  const { history, recheck, ...rest } = rectification;
  const common = { ...rest, statusTitle: RECTIFICATION_STATUSES[rest.status] };
  if (viewer.role === 'agency') return common;
  if (viewer.role === 'inspector') {
    if (!recheck?.inspectors.includes(viewer.id)) return new Refusal('notYours');
    // Blind to each other until both records are in.
    const complete = recheck.inspectors.every((id) => recheck.records[id]);
    const own = recheck.records[viewer.id];
    const records = complete ? recheck.records : own ? { [viewer.id]: own } : {};
    return { ...common, recheck: { ...recheck, records } };
  }
  return { ...common, recheck, openItems: openItems(rectification), history };
}

/** Staff page through all; an agency or an inspector gets what is theirs. */
export async function listRectifications(deps: Deps, year: number, viewer: Viewer, cursor: string | null) {
  if (isStaff(viewer)) {
    const page = await pageOf(deps, rectificationKind, keys.rectifications(year), cursor, 100);
    return { records: page.records.map((one) => line(one, viewer)), cursor: page.cursor };
  }
  const records: ReturnType<typeof line>[] = [];
  for await (const one of allRectifications(deps, year)) {
    const own = viewer.role === 'agency' && one.filingNumber === viewer.agency;
    if (own || one.recheck?.inspectors.includes(viewer.id)) records.push(line(one, viewer));
  }
  return { records, cursor: null };
}

function line(rectification: Rectification, viewer: Viewer) {
  const { filingNumber, agency, status, items, deadline, recheck } = rectification;
  return {
    filingNumber,
    name: agency.name,
    status,
    statusTitle: RECTIFICATION_STATUSES[status],
    items: items.map(({ code }) => code),
    corrected: items.filter(({ correction }) => correction).length,
    deadline,
    inspectors: recheck?.inspectors ?? [],
    // Blind to each other: an inspector learns of nobody else's record.
    awaits: unrecordedRechecks(rectification).filter((id) => isStaff(viewer) || id === viewer.id),
  };
}
