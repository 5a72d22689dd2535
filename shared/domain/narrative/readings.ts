/** What a number may be about, and what a sentence has said before it. */
import type { Lexicon, Subject } from './subjects.ts';
import type { NumberToken, SubjectToken, Token } from './tokens.ts';

/** One way to understand a number: these agencies together, as a share of `base` if it is a per cent. */
export interface Reading {
  measure: 'count' | 'share' | 'average' | 'executionRate' | 'bound' | 'classes';
  subjects: Subject[];
  base?: Subject[];
}

/** The whole, or the part of it that the rest of a sentence speaks of: `其中`, `机构中`. */
export type Scope = 'all' | 'unknown' | Subject[];

/** What a sentence has said so far. */
export interface Said {
  scope: Scope;
  /** The last count, which a following 占 is about, in each reading; undefined when it was not understood. */
  last: Subject[][] | undefined;
  /** What a following 其中 picks from. */
  counted: Scope;
  /** Counts of the clause before, for 分别. */
  listed: Subject[][];
}

/** A number in its place: the words since the number before, and those until the next. */
export interface Place {
  number: NumberToken;
  before: readonly Token[];
  after: readonly Token[];
  /** Names before it, each behind a pause, that have no number of their own. */
  pending: readonly SubjectToken[];
  said: Said;
  lexicon: Lexicon;
}

export function isWhole(scope: Scope): boolean {
  return scope === 'all' || (scope !== 'unknown' && scope[0]?.dimension === 'population');
}

/** A part of the same classification is a part of the whole: 五星级 among 三星级以上. */
export function inScope(subject: Subject, scope: Scope): boolean {
  if (scope === 'all' || scope === 'unknown') return scope === 'all';
  return isWhole(scope) || scope[0]?.dimension === subject.dimension;
}

export const isDeed = (subject: Subject | undefined) =>
  subject?.dimension === 'activity' || subject?.dimension === 'computer';

export const isOccupation = (subject: Subject | undefined) =>
  subject?.dimension === 'majorClass' || subject?.dimension === 'industry';

/** Between a name and its number nothing may change what is counted. */
export const LINK =
  /^(?:的)?(?:参评|评价)?(?:机构|单位)?(?:数量?|总数)?(?:比|较)?(?:上年度?|去年)?(?:共有|共计|合计|共|由|从|有|为|是|计|达到|达|增加到?|减少到?|增至|减至|增|减|了|仅|只有|约|近|超过|逾|不足|至少|不到|不超过|不低于)*$/;
