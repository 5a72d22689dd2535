/** The draw of an archived year: the committed seed, who was drawn from whom, and whom the visits were given to. */
import { type Cycle, cycleOf } from '../../domain/cycle.ts';
import type { DrawRecord } from '../../domain/draw-record.ts';
import { verifyDraw } from '../../domain/verify-draw.ts';
import { recusalsOf } from '../inspectors.ts';
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
    findings.push(...compared(file, '抽签的依据与当时的设置和名单不符', givenIn(record), givenBy(then)));
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

const givenBy = (cycle: Cycle) => ({
  sampling: cycle.settings.sampling,
  inspectors: cycle.inspectors.map(({ id, name }) => ({ id, name })),
  inspectorsPerVisit: cycle.settings.inspectorsPerVisit,
  recusals: recusalsOf(cycle),
});

const drawnFrom = (record: DrawRecord) => record.agencies.map(({ filingNumber }) => filingNumber).sort();

function reviewedBy({ dossiers }: Chains, at: string): string[] {
  return dossiers
    .filter(({ history }) => history.some((action) => action.type === 'deskReviewed' && action.at <= at))
    .map(({ filingNumber }) => filingNumber)
    .sort();
}

/** The first visits of a year go where the draw sent them. */
export function checkVisits({ dossiers }: Chains, record: DrawRecord): Check {
  const visits = new Map(record.visits.map((visit) => [visit.filingNumber, visit]));
  const findings: Finding[] = [];
  let count = 0;
  for (const dossier of dossiers) {
    for (const { action, place, before } of stepsOf(dossier)) {
      if (action.type !== 'visitAssigned' || before?.visit) continue;
      const drawn = visits.get(dossier.filingNumber);
      if (!drawn) continue;
      count++;
      const { inspectors, reasons } = action.data;
      const lots = { inspectors: drawn.inspectors, reasons: drawn.reasons };
      findings.push(...compared(place, '检查人员与抽签结果不符', { inspectors, reasons }, lots));
    }
  }
  for (const { filingNumber } of record.visits) {
    const dossier = dossiers.find((one) => one.filingNumber === filingNumber);
    if (dossier?.history.some(({ type }) => type === 'visitAssigned')) continue;
    findings.push({ place: `history.json，档案 ${filingNumber}`, problem: '抽中的机构没有安排现场检查' });
  }
  return { title: '现场检查安排', scope: `${count} 家`, findings };
}
