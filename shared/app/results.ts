/** What a cycle comes to: announcement, statistics, the circular's data, and the archive with everything explained. */
import { type Agency, byType, byTypeThenNumber, printedTerm } from '../domain/agency.ts';
import { countedVisit, scoringInput } from '../domain/counted-facts.ts';
import { approvedOn, type Cycle, type CycleAction } from '../domain/cycle.ts';
import type { Dossier } from '../domain/dossier.ts';
import { treatedFlag } from '../domain/flag.ts';
import { digestOf, type Entry } from '../domain/history.ts';
import { circularFigures } from '../domain/narrative/figures.ts';
import type { ScoreSheet } from '../domain/score.ts';
import type { Settings } from '../domain/settings.ts';
import { type ScoredAgency, type Statistics, statisticsOf } from '../domain/statistics.ts';
import type { Deps } from './ports.ts';
import { allOf, dossierKind, keys } from './records.ts';

/** A dossier that takes part and has a score. */
export type Scored = Dossier & { sheet: ScoreSheet };

export function isScored(dossier: Dossier): dossier is Scored {
  return dossier.status !== 'leftOut' && dossier.sheet !== undefined;
}

export interface CycleFigures {
  scored: Scored[];
  leftOut: Dossier[];
  statistics: Statistics;
}

/** Reads every dossier of a cycle once. None may be missing: a broken one ends it. */
export async function readDossiers(deps: Deps, year: number): Promise<Dossier[]> {
  const dossiers: Dossier[] = [];
  for await (const dossier of allOf(deps, dossierKind, keys.dossiers(year), 'throw')) dossiers.push(dossier);
  return dossiers;
}

/** What the year's dossiers come to. Pure: the archive gives the same figures again. */
export function figuresOf(
  cycle: Pick<Cycle, 'rubric' | 'settings'>,
  dossiers: Iterable<Dossier>,
): CycleFigures {
  const scored: Scored[] = [];
  const leftOut: Dossier[] = [];
  const forStatistics: ScoredAgency[] = [];
  for (const dossier of dossiers) {
    if (dossier.status === 'leftOut') leftOut.push(dossier);
    if (!isScored(dossier)) continue;
    scored.push(dossier);
    const { answers, platformCompleted } = scoringInput(dossier, cycle.rubric, cycle.settings);
    const { agency, sheet } = dossier;
    forStatistics.push({ agency, sheet, answers, platformCompleted });
  }
  scored.sort((a, b) => byTypeThenNumber(a.agency, b.agency));
  return { scored, leftOut, statistics: statisticsOf(cycle.rubric, forStatistics) };
}

const rowOf = ({ name, filingNumber, filingTerm, filingType }: Agency) => ({
  name,
  filingNumber,
  filingTerm: printedTerm(filingTerm),
  filingType,
});

/**
 * The agencies that are published by name, in the annex's order: by filing type, then as a handler has ordered them, then
 * by filing number. Which bands are named is a setting; what it does not name is only counted, as failures are by default.
 */
export function namedAgencies(
  scored: readonly Scored[],
  { bandPublication }: Pick<Settings, 'bandPublication'>,
  order: readonly string[] = [],
) {
  const place = ({ filingNumber }: Scored) => {
    const at = order.indexOf(filingNumber);
    return at === -1 ? order.length : at;
  };
  return scored
    .filter(({ sheet }) => bandPublication[sheet.stars] === 'named')
    .toSorted(
      (a, b) => byType(a.agency, b.agency) || place(a) - place(b) || byTypeThenNumber(a.agency, b.agency),
    )
    .map(({ agency, sheet }, index) => ({
      number: index + 1,
      ...rowOf(agency),
      stars: sheet.stars,
      result: sheet.result,
    }));
}

function bandCounts({ bands }: Statistics) {
  return bands.map(({ stars, name, from, count, percent }) => ({ stars, name, from, count, percent }));
}

function announcementOf(cycle: Cycle, { scored, statistics }: CycleFigures) {
  const { settings } = cycle;
  return {
    year: cycle.year,
    number: settings.documents.announcement ?? null,
    centre: settings.centre,
    city: settings.city,
    workingDays: settings.announcementWorkingDays,
    objections: '机构对拟定星级有异议的，请在公示期内登录系统提交书面理由和证明材料。',
    population: statistics.population,
    bands: bandCounts(statistics),
    date: approvedOn(cycle, 'reviewScores'),
    contact: settings.contact,
    recipients: settings.recipients,
    stars: namedAgencies(scored, settings),
    sampleData: settings.sampleData,
  };
}

/** What the circular's text was drafted from; the year before's figures are as the draft took them over. */
export function figuresDigest({ year, circular }: Cycle, { statistics, leftOut }: CycleFigures): string {
  const previous = circular?.figures.previous ?? null;
  return digestOf(circularFigures(year, statistics, tallyReasons(leftOut), previous));
}

/** What the public sees of the result: the bands and who has which star. */
export function listDigest(cycle: Cycle, figures: CycleFigures): string {
  const { bands, stars } = announcementOf(cycle, figures);
  return digestOf({ bands, stars });
}

type Announced = Extract<CycleAction, { type: 'announced' }>;

/** The announcement as it is published: the first, or a revision that names the one it supersedes. */
export function announcementSnapshot(cycle: Cycle, figures: CycleFigures, earlier: readonly Announced[]) {
  const announcement = announcementOf(cycle, figures);
  const last = earlier.at(-1);
  if (!last) return announcement;
  return { ...announcement, revision: earlier.length + 1, supersedes: last.data.digest };
}

/** The public data of the circular: no score, no agency that failed. */
export function circularOf(cycle: Cycle, { scored, leftOut, statistics }: CycleFigures) {
  const { settings } = cycle;
  const { withoutActivity, computerExam, averageExecutionRate, byNature, byFilingType, percentNote } =
    statistics;
  return {
    year: cycle.year,
    number: settings.documents.circular ?? null,
    noticeNumber: settings.documents.notice ?? null,
    centre: settings.centre,
    city: settings.city,
    recipients: settings.recipients,
    population: statistics.population,
    byFilingType,
    byNature,
    leftOut: tallyReasons(leftOut),
    bands: bandCounts(statistics),
    percentNote,
    averageExecutionRate,
    withoutActivity,
    computerExam,
    majorClasses: statistics.majorClasses,
    industries: statistics.industries,
    weakestItems: statistics.itemAverages.slice(0, 5),
    strongestItems: statistics.itemAverages.slice(-5).reverse(),
    annex: namedAgencies(scored, settings, cycle.circular?.annexOrder),
    text: cycle.circular?.text ?? null,
    date: approvedOn(cycle, 'signCircular'),
    sampleData: settings.sampleData,
  };
}

/** `省中心抽查评估` → 10: every agency left out is counted under its reason's kind. */
export function tallyReasons(leftOut: readonly Dossier[]) {
  const counts = new Map<string, number>();
  const titles = { excluded: '', filedLessThanAYear: '备案未满一年', termEnded: '备案期限已届满' };
  for (const { leftOut: because } of leftOut) {
    const reason = (because && (titles[because.code] || because.reason)) ?? '';
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => ({ reason, count }));
}

/** The centre's own record of the year: scores with their explanation, decisions and draw. Not public. */
export function resultsOf(cycle: Cycle, figures: CycleFigures, draw: unknown) {
  const { scored, leftOut, statistics } = figures;
  return {
    schema: 'xingping-results/1',
    year: cycle.year,
    sampleData: cycle.settings.sampleData,
    centre: cycle.settings.centre,
    referenceMonth: cycle.notice?.referenceMonth ?? null,
    population: {
      registered: scored.length + leftOut.length,
      assessed: scored.length,
      byFilingType: statistics.byFilingType,
      byNature: statistics.byNature,
    },
    exclusions: leftOut.map(({ agency, leftOut: because }) => ({ ...rowOf(agency), ...because })),
    bands: statistics.bands,
    percentNote: statistics.percentNote,
    agencies: scored.map((dossier) => ({
      ...rowOf(dossier.agency),
      nature: dossier.agency.nature,
      claimed: dossier.submission?.claimed ?? null,
      visitedBy: countedVisit(dossier)?.inspectors ?? [],
      flags: dossier.flags.map((flag) => treatedFlag(dossier, flag)),
      answers: dossier.answers,
      objections: dossier.objections,
      score: dossier.sheet,
    })),
    draw,
    decisions: decisionsOf(cycle, scored),
    statistics,
  };
}

/** Who decided what, when and why, over the whole year, in order of time. */
function decisionsOf(cycle: Cycle, scored: readonly Scored[]) {
  const describe = ({ at, by, type, reason }: Entry) => ({
    at,
    by: by.name,
    role: by.role,
    type,
    reason: reason ?? null,
  });
  const ofCycle = cycle.history.flatMap((entry) =>
    entry.type === 'gateDecided'
      ? [{ ...describe(entry), gate: entry.data.gate, verdict: entry.data.verdict, agency: null }]
      : [],
  );
  const decided = [
    'returned',
    'flagsTreated',
    'deskReviewed',
    'notApplicableDecided',
    'answerDecided',
    'objectionDecided',
    'setAsideCleared',
  ];
  const ofDossiers = scored.flatMap(({ filingNumber, history }) =>
    history
      .filter(({ type }) => decided.includes(type))
      .map((entry) => ({
        ...describe(entry),
        gate: null,
        verdict: 'verdict' in entry.data ? entry.data.verdict : null,
        agency: filingNumber,
      })),
  );
  return [...ofCycle, ...ofDossiers].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
