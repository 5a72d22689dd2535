/** The draw of an archived year: the committed seed, who was drawn from whom, and whom the visits were given to. */
import { chinaDate } from '../../domain/calendar.ts';
import { type Cycle, cycleOf } from '../../domain/cycle.ts';
import type { Dossier } from '../../domain/dossier.ts';
import { dossierOf } from '../../domain/dossier-of.ts';
import type { DrawChange } from '../../domain/draw-changes.ts';
import type { DrawRecord } from '../../domain/draw-record.ts';
import { verifyDraw } from '../../domain/verify-draw.ts';
import { recusalsOn } from '../inspectors.ts';
import type { Chains } from './chains.ts';
import { type Check, compared, type Finding } from './check.ts';
import { stepsOf } from './dossiers.ts';

export function checkDraw(chains: Chains, file: string, record: DrawRecord): Check {
  const { cycle } = chains;
  const drawn = cycle.history.findLast((action) => action.type === 'drawn');
  const findings: Finding[] = [
    ...drawnAgain(file, record),
    ...compared(file, '种子与公布的种子不符', record.seed, cycle.seed),
    ...compared(file, '种子与通知中封存的摘要不符', record.commitment, cycle.notice?.commitment),
  ];
  if (drawn?.type === 'drawn') {
    const then = cycleOf(cycle.history.slice(0, drawn.seq));
    findings.push(
      ...compared(
        file,
        '抽签的依据与当时的设置和名单不符',
        givenIn(record),
        givenBy(then, dossiersAt(chains, drawn.at), drawn.at),
      ),
    );
    findings.push(
      ...compared(
        file,
        '参加抽签的机构与完成复核的机构不符',
        drawnFrom(record),
        reviewedBy(chains, drawn.at),
      ),
    );
  }
  return { title: '抽签', scope: `${record.agencies.length} 家，抽中 ${record.visits.length} 家`, findings };
}

function drawnAgain(file: string, record: DrawRecord): Finding[] {
  const verdict = verifyDraw(record);
  if (verdict.outcome === 'holds') return [];
  const place = verdict.outcome === 'differs' ? `${file}，${verdict.at}` : file;
  return [{ place, problem: verdict.message }];
}

const givenIn = ({ sampling, inspectors, inspectorsPerVisit, recusals }: DrawRecord) => ({
  sampling,
  inspectors,
  inspectorsPerVisit,
  recusals,
});

const givenBy = (cycle: Cycle, dossiers: Dossier[], at: string) => ({
  sampling: cycle.settings.sampling,
  inspectors: cycle.inspectors.map(({ id, name }) => ({ id, name })),
  inspectorsPerVisit: cycle.settings.inspectorsPerVisit,
  recusals: recusalsOn(cycle, dossiers, chinaDate(new Date(at))),
});

/** The dossiers as they stood at an instant, in the order of their keys. */
function dossiersAt({ dossiers }: Chains, at: string): Dossier[] {
  return dossiers.map(({ year, history }) =>
    dossierOf(
      year,
      history.filter((action) => action.at <= at),
    ),
  );
}

const drawnFrom = (record: DrawRecord) => record.agencies.map(({ filingNumber }) => filingNumber).sort();

function reviewedBy({ dossiers }: Chains, at: string): string[] {
  return dossiers
    .filter(({ history }) => history.some((action) => action.type === 'deskReviewed' && action.at <= at))
    .map(({ filingNumber }) => filingNumber)
    .sort();
}

/** Visits go where the draw sent them, as it stood at the end, and nobody took a place that the lot gave to another. */
export function checkVisits({ cycle, dossiers }: Chains, record: DrawRecord): Check {
  const first = new Map(
    record.visits.map(({ filingNumber, inspectors, reasons }) => [filingNumber, { inspectors, reasons }]),
  );
  for (const change of everChanged(cycle)) {
    if (change.type === 'added') {
      const { filingNumber, inspectors, reasons } = change;
      first.set(filingNumber, { inspectors, reasons });
    }
  }
  const findings: Finding[] = [];
  let count = 0;
  for (const dossier of dossiers) {
    const { filingNumber } = dossier;
    for (const { action, place, before } of stepsOf(dossier)) {
      if (action.type === 'inspectorReplaced') {
        findings.push(
          ...compared(place, '替补人员与抽签结果不符', action.data, takenOver(cycle, filingNumber, action)),
        );
      }
      if (action.type !== 'visitAssigned' || before?.visit) continue;
      count++;
      const { inspectors, reasons } = action.data;
      findings.push(
        ...compared(place, '检查人员与抽签结果不符', { inspectors, reasons }, first.get(filingNumber)),
      );
    }
  }
  for (const filingNumber of first.keys()) {
    const dossier = dossiers.find((one) => one.filingNumber === filingNumber);
    if (dossier?.history.some(({ type }) => type === 'visitAssigned')) continue;
    findings.push({ place: `history.json，档案 ${filingNumber}`, problem: '抽中的机构没有安排现场检查' });
  }
  return { title: '现场检查安排', scope: `${count} 家`, findings };
}

/** Every change of the draw, those that a restoration undid later among them. */
function everChanged({ history }: Cycle): DrawChange[] {
  return history.flatMap((action) => (action.type === 'drawChanged' ? [action.data.change] : []));
}

/** Who took over by the draw's own changes. */
function takenOver(
  cycle: Cycle,
  filingNumber: string,
  { data }: { data: { inspector: string } },
): { inspector: string; replacedBy: string | null } | undefined {
  const { inspector } = data;
  const change = everChanged(cycle).find(
    (one) => one.type === 'recused' && one.filingNumber === filingNumber && one.inspector === inspector,
  );
  return change?.type === 'recused' ? { inspector, replacedBy: change.replacedBy } : undefined;
}
