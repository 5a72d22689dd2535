/**
 * Moderation figures 尺度分析 of a year: how far inspectors are apart who saw the same, by item and by pair, and how far
 * agencies' own scores are from what was found there, in all and by part. They say where to train or to explain better;
 * nobody's score follows from them.
 */
import * as z from 'zod/mini';
import { agreedFinding, countedVisit } from './counted-facts.ts';
import type { Dossier } from './dossier.ts';
import { decimal, roundedHalfUp, type Thousandths, thousandths } from './exact.ts';
import type { Answers } from './facts.ts';
import { differences } from './joint-entry.ts';
import { itemsOf, type Rubric } from './rubric.ts';
import { type ScoreSheet, scoreAgency } from './score.ts';
import { selfScoringInput } from './self-score.ts';
import type { Settings } from './settings.ts';
import { unrecorded, type Visit } from './visit.ts';

/** Of records that two inspectors made of the same: how many were compared, how many differed, and by how many points. */
const Spread = {
  compared: z.int(),
  differing: z.int(),
  /** Of those compared, in per cent with one decimal. */
  percent: z.string(),
  /** The mean of the differences in points, whichever is higher, two decimals. */
  points: z.string(),
};

/** Self score against the inspected one: each as points, and as per cent of those applicable with one decimal. */
const Against = {
  self: z.string(),
  inspected: z.string(),
  selfPercent: z.string(),
  inspectedPercent: z.string(),
};

export const Moderation = z.strictObject({
  /** Visits of which all records are in. */
  visits: z.int(),
  items: z.array(z.strictObject({ code: z.string(), title: z.string(), ...Spread })),
  pairs: z.array(
    z.strictObject({
      inspectors: z.tuple([z.string(), z.string()]),
      visits: z.int(),
      ...Spread,
      /** The mean over visits of how far their totals are apart, in points with two decimals. */
      totals: z.string(),
      /** By how much the first one's totals are above the second one's in the mean, signed. */
      leaning: z.string(),
    }),
  ),
  agencies: z.array(
    z.strictObject({
      filingNumber: z.string(),
      name: z.string(),
      self: z.string(),
      inspected: z.string(),
      /** Self above inspected, signed, two decimals. */
      gap: z.string(),
      parts: z.array(z.strictObject({ code: z.string(), ...Against })),
    }),
  ),
  /** Over those agencies together. */
  parts: z.array(z.strictObject({ code: z.string(), title: z.string(), ...Against })),
});
export type Moderation = z.infer<typeof Moderation>;

type Rules = { rubric: Rubric; settings: Pick<Settings, 'noActivityFails'> };

export function moderationOf({ rubric, settings }: Rules, dossiers: readonly Dossier[]): Moderation {
  const compared = dossiers.flatMap((dossier) => comparisonsIn(rubric, dossier));
  const visits = new Set(compared.map(({ visit }) => visit));
  const agencies = dossiers.flatMap((dossier) => selfAgainstInspected({ rubric, settings }, dossier));
  return {
    visits: visits.size,
    items: itemsOf(rubric).map(({ code, title }) => ({
      code,
      title,
      ...spreadOf(compared.flatMap(({ items }) => items.filter((item) => item.code === code))),
    })),
    pairs: pairsOf(compared),
    agencies: agencies
      .map(({ dossier, self, inspected }) => ({
        filingNumber: dossier.filingNumber,
        name: dossier.agency.name,
        self: self.total,
        inspected: inspected.total,
        gap: signed(hundredths(self.total) - hundredths(inspected.total), 1),
        parts: rubric.parts.map(({ code, items }) => ({ code, ...against(items, [{ self, inspected }]) })),
      }))
      .sort((a, b) => Number(b.gap) - Number(a.gap) || (a.filingNumber < b.filingNumber ? -1 : 1)),
    parts: rubric.parts.map(({ code, title, items }) => ({ code, title, ...against(items, agencies) })),
  };
}

interface Comparison {
  visit: Visit;
  /** By id, so that a pair is the same pair everywhere. */
  inspectors: [string, string];
  items: { code: string; differs: boolean; points: Thousandths }[];
  /** The first one's total less the second one's, in hundredths of a point. */
  lead: number;
}

/** Every two inspectors of every visit of which all records are in; the tolerance hides nothing here. */
function comparisonsIn(rubric: Rubric, dossier: Dossier): Comparison[] {
  const visits = [...dossier.earlierVisits, ...(dossier.visit ? [dossier.visit] : [])];
  return visits.flatMap((visit) => {
    if (unrecorded(visit).length > 0) return [];
    const people = visit.inspectors.toSorted();
    return people.flatMap((one, index) =>
      people.slice(index + 1).flatMap((other) => {
        const records = [visit.findings[one]?.answers, visit.findings[other]?.answers] as const;
        const [first, second] = records;
        return first && second ? [compared(rubric, dossier, visit, [one, other], [first, second])] : [];
      }),
    );
  });
}

function compared(
  rubric: Rubric,
  dossier: Dossier,
  visit: Visit,
  inspectors: [string, string],
  records: [Answers, Answers],
): Comparison {
  const differing = new Set(differences(records, 0));
  const [one, other] = records.map((answers) => sheetOf(rubric, dossier, answers)) as [
    ScoreSheet,
    ScoreSheet,
  ];
  const items = one.items.flatMap(({ code, outcome, earned }, index) =>
    outcome === 'notApplicable'
      ? []
      : [
          {
            code,
            differs: differing.has(code),
            points: Math.abs(amount(earned) - amount(other.items[index]?.earned)),
          },
        ],
  );
  return { visit, inspectors, items, lead: hundredths(one.total) - hundredths(other.total) };
}

/** One record scored as if it alone counted, without vetoes, which no inspector's record decides. */
function sheetOf(rubric: Rubric, { notApplicable }: Dossier, answers: Answers): ScoreSheet {
  const input = { rubric, answers, notApplicable, source: 'inspection' as const, filed: true };
  return scoreAgency({ ...input, vetoCases: [], noActivityFails: false });
}

const amount = (points: string | undefined): Thousandths => thousandths(Number(points ?? 0));
const hundredths = (total: string): number => Math.round(Number(total) * 100);

function spreadOf(items: readonly Comparison['items'][number][]) {
  const differing = items.filter(({ differs }) => differs).length;
  const points = items.reduce((sum, item) => sum + item.points, 0);
  return {
    compared: items.length,
    differing,
    percent: roundedHalfUp({ numerator: differing, denominator: items.length || 1 }, 100, 1),
    points: roundedHalfUp({ numerator: points, denominator: items.length * 1000 || 1 }, 1, 2),
  };
}

function pairsOf(compared: readonly Comparison[]): Moderation['pairs'] {
  const pairs = Map.groupBy(compared, ({ inspectors }) => inspectors.join('\n'));
  return [...pairs.values()]
    .map((own) => {
      const [{ inspectors }] = own as [Comparison];
      const apart = own.reduce((sum, { lead }) => sum + Math.abs(lead), 0);
      return {
        inspectors,
        visits: own.length,
        ...spreadOf(own.flatMap(({ items }) => items)),
        totals: signed(apart, own.length),
        leaning: signed(
          own.reduce((sum, { lead }) => sum + lead, 0),
          own.length,
        ),
      };
    })
    .sort(
      (a, b) => Number(b.percent) - Number(a.percent) || (a.inspectors.join() < b.inspectors.join() ? -1 : 1),
    );
}

/** So many hundredths, divided, as a number of points with two decimals and its sign. */
function signed(hundredth: number, by: number): string {
  const text = roundedHalfUp({ numerator: Math.abs(hundredth), denominator: by * 100 }, 1, 2);
  return hundredth < 0 && Number(text) !== 0 ? `-${text}` : text;
}

interface Pair {
  self: ScoreSheet;
  inspected: ScoreSheet;
}

/** An agency that filed and was found on: both scored from the facts alone, before answers, objections and vetoes. */
function selfAgainstInspected(
  { rubric, settings }: Rules,
  dossier: Dossier,
): (Pair & { dossier: Dossier })[] {
  const found = agreedFinding(countedVisit(dossier));
  if (!dossier.submission || !found) return [];
  const own = selfScoringInput(rubric, settings, dossier.submission.answers);
  const self = scoreAgency({ ...own, noActivityFails: false });
  return [{ dossier, self, inspected: sheetOf(rubric, dossier, found) }];
}

/** The points of some items in both sheets; an item that did not apply in one of them is left out of that one. */
function against(items: readonly { code: string }[], pairs: readonly Pair[]) {
  const sum = (of: keyof Pair) => {
    const own = pairs.flatMap((pair) =>
      pair[of].items.filter(
        ({ code, outcome }) => outcome !== 'notApplicable' && items.some((item) => item.code === code),
      ),
    );
    const earned = own.reduce((total, item) => total + amount(item.earned), 0);
    const possible = own.reduce((total, item) => total + amount(item.possible), 0);
    const percent = roundedHalfUp({ numerator: earned, denominator: possible || 1 }, 100, 1);
    return { points: decimal(earned), percent };
  };
  const [self, inspected] = [sum('self'), sum('inspected')];
  return {
    self: self.points,
    inspected: inspected.points,
    selfPercent: self.percent,
    inspectedPercent: inspected.percent,
  };
}
