/** What an agency gets on paper: its score sheet, and the rectification notice where it failed. */
import type { ResultsSnapshot } from '../documents/tables/results-table.ts';
import type { RectificationSnapshot } from '../documents/types/rectification.ts';
import type { ScoreSheetSnapshot } from '../documents/types/score-sheet.ts';
import { printedTerm } from '../domain/agency.ts';
import { monthsAfter } from '../domain/calendar.ts';
import { agreedFinding } from '../domain/counted-facts.ts';
import { approvedOn, type Cycle } from '../domain/cycle.ts';
import type { CycleFigures, Scored } from './results.ts';

/** Pure: the archive gives the same sheet again. */
export function scoreSheetOf(
  cycle: Pick<Cycle, 'year' | 'settings' | 'history'>,
  dossier: Scored,
): ScoreSheetSnapshot {
  const { settings, year } = cycle;
  const { agency, sheet, submission, visit, objections } = dossier;
  const { name, filingNumber, filingTerm, filingType, nature, county } = agency;
  return {
    year,
    centre: settings.centre,
    date: approvedOn(cycle, 'signCircular'),
    agency: { name, filingNumber, filingTerm: printedTerm(filingTerm), filingType, nature, county },
    claimed: submission?.claimed ?? null,
    visited: agreedFinding(visit) !== undefined,
    score: sheet,
    objections: objections.flatMap(({ items, verdict, decision = '' }) =>
      verdict ? [{ items, verdict, decision }] : [],
    ),
    sampleData: settings.sampleData,
  };
}

/** The notice to an agency without stars: rectification runs from the day the circular was signed. */
export function rectificationOf(
  cycle: Pick<Cycle, 'year' | 'settings' | 'history'>,
  { agency, sheet }: Scored,
): RectificationSnapshot {
  const { settings, year } = cycle;
  const date = approvedOn(cycle, 'signCircular');
  return {
    year,
    number: null,
    centre: settings.centre,
    contact: settings.contact,
    date,
    due: date ? monthsAfter(date, settings.rectificationMonths) : '',
    agency: { name: agency.name, filingNumber: agency.filingNumber },
    score: sheet,
    sampleData: settings.sampleData,
  };
}

/** The year's results as a table of their own: every agency's sheet, in the annex's order. */
export function resultsTable(cycle: Cycle, { scored, statistics }: CycleFigures): ResultsSnapshot {
  return {
    year: cycle.year,
    sampleData: cycle.settings.sampleData,
    bands: statistics.bands,
    agencies: scored.map((dossier) => scoreSheetOf(cycle, dossier)),
  };
}
