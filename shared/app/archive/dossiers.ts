/** What each dossier says of itself, derived again from its entries: eligibility, claimed score, score and star. */
import { ACTION_TITLES } from '../../domain/action-titles.ts';
import type { AgencyChange } from '../../domain/correction.ts';
import { scoringInput } from '../../domain/counted-facts.ts';
import type { Cycle } from '../../domain/cycle.ts';
import { type Dossier, type DossierAction, mayFollow } from '../../domain/dossier.ts';
import { dossierOf } from '../../domain/dossier-of.ts';
import { eligibilityOf } from '../../domain/eligibility.ts';
import { digestOf } from '../../domain/history.ts';
import { scoreAgency } from '../../domain/score.ts';
import { selfScoringInput } from '../../domain/self-score.ts';
import { changedSheet } from '../correction.ts';
import { type Chains, dossierPlace, entryPlace } from './chains.ts';
import { type Check, compared, type Finding } from './check.ts';

/** A dossier as it stood before one of its entries; undefined before the first. */
interface Step {
  before: Dossier | undefined;
  action: DossierAction;
  place: string;
}

/** Every entry of a dossier with what stood before it. */
export function* stepsOf({ year, filingNumber, history }: Dossier): Generator<Step> {
  for (const [index, action] of history.entries()) {
    const before = index === 0 ? undefined : dossierOf(year, history.slice(0, index));
    yield { before, action, place: entryPlace(dossierPlace(filingNumber), action.seq) };
  }
}

export function checkDossiers({ cycle, dossiers }: Chains): Check[] {
  const kinds = {
    order: { title: '办理顺序', findings: [] as Finding[], count: 0 },
    eligibility: { title: '参评资格', findings: [] as Finding[], count: 0 },
    claims: { title: '自评得分和提交回执', findings: [] as Finding[], count: 0 },
    scores: { title: '得分和星级', findings: [] as Finding[], count: 0 },
  };
  const add = (kind: keyof typeof kinds, findings: Finding[]) => {
    kinds[kind].count++;
    kinds[kind].findings.push(...findings);
  };
  for (const dossier of dossiers) {
    for (const step of stepsOf(dossier)) {
      add('order', outOfOrder(step));
      const { type } = step.action;
      if (type === 'admitted' || type === 'leftOut') add('eligibility', wrongEligibility(cycle, step));
      if (type === 'submitted') add('claims', wrongClaim(cycle, step));
      if (type === 'published' || changesScore(step.action)) add('scores', wrongScore(cycle, step));
    }
  }
  return Object.values(kinds).map(({ title, findings, count }) => ({
    title,
    scope: `${count} 次`,
    findings,
  }));
}

function outOfOrder({ before, action, place }: Step): Finding[] {
  if (mayFollow(action.type, before?.status ?? 'none')) return [];
  return [{ place, problem: `当时的状态不允许${ACTION_TITLES[action.type]}` }];
}

function wrongEligibility({ notice, settings }: Cycle, { action, place }: Step): Finding[] {
  if ((action.type !== 'admitted' && action.type !== 'leftOut') || !notice) return [];
  const { agency } = action.data;
  const { eligible, ...because } = eligibilityOf(agency, notice.referenceMonth, settings.exclusions);
  return [
    ...compared(place, '参评资格与备案期限、排除名单不符', action.type, eligible ? 'admitted' : 'leftOut'),
    ...(action.type === 'leftOut' ? compared(place, '不参评原因不符', action.data.because, because) : []),
  ];
}

function wrongClaim({ rubric, settings }: Cycle, { action, place }: Step): Finding[] {
  if (action.type !== 'submitted') return [];
  const { answers, commitment, claimed, digest } = action.data;
  return [
    ...compared(
      place,
      '自评得分与填报内容不符',
      claimed,
      scoreAgency(selfScoringInput(rubric, settings, answers)).total,
    ),
    ...compared(place, '回执摘要与提交内容不符', digest, digestOf({ answers, commitment })),
  ];
}

/** A score stands in the entry that gave it, or in the one that changed its facts. */
function changesScore({ data }: DossierAction): boolean {
  return 'sheet' in data || ('verdict' in data && data.verdict === 'upheld');
}

/** What an entry after publication carried out. */
function changeIn(
  filingNumber: string,
  { type, data, reason = '' }: DossierAction,
): AgencyChange | undefined {
  if (type === 'starRevoked') return { kind: 'revoke', filingNumber, grounds: reason };
  if (type !== 'resultCorrected') return undefined;
  return { kind: 'correct', filingNumber, corrections: data.corrections };
}

function wrongScore({ rubric, settings }: Cycle, { before, action, place }: Step): Finding[] {
  if (!before) return [];
  if (action.type === 'scored') {
    const { sheet, platform } = action.data;
    const again = scoreAgency(scoringInput({ ...before, platform }, rubric, settings));
    return compared(place, '得分与所依据的事实不符', sheet, JSON.parse(JSON.stringify(again)));
  }
  const change = changeIn(before.filingNumber, action);
  if (change && 'sheet' in action.data) {
    const again = changedSheet({ rubric, settings }, before, change);
    return compared(place, '得分与更正后的事实不符', action.data.sheet, JSON.parse(JSON.stringify(again)));
  }
  if (action.type !== 'published') {
    const after = dossierOf(before.year, [...before.history, action]);
    const again = scoreAgency(scoringInput(after, rubric, settings));
    const recorded = 'sheet' in action.data ? action.data.sheet : undefined;
    return compared(place, '得分与更正后的事实不符', recorded, JSON.parse(JSON.stringify(again)));
  }
  const { stars, result } = action.data;
  const { sheet } = before;
  return compared(
    place,
    '公布的星级与最后一次计分不符',
    { stars, result },
    { stars: sheet?.stars, result: sheet?.result },
  );
}
