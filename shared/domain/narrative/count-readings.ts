/** What a number of agencies is about. */
import { inScope, isDeed, isOccupation, isWhole, LINK, type Place, type Reading } from './readings.ts';
import type { Subject } from './subjects.ts';
import { gapAfter, literal, subjectsIn, textOf } from './token-text.ts';
import type { SubjectToken, Token } from './tokens.ts';

export function countReadings(place: Place): Reading[] | undefined {
  const { before, after, pending, said } = place;
  const named = subjectsIn(before);
  const follows = subjectsIn(after);
  const deed = [...named, ...follows].find(({ subjects: [first] }) => isDeed(first));
  let lists: Subject[][] | undefined;
  if (deed) lists = withDeed(deed, before, named.length + follows.length);
  else if (named.length > 0) lists = namedBefore(before, after, [...pending, ...named], named.length);
  else if (follows.length > 0) lists = namedAfter(before, after, follows);
  else lists = unnamed(place);
  const readings = (lists ?? [])
    .filter((subjects) => subjects.every((subject) => inScope(subject, said.scope)))
    .map((subjects): Reading => ({ measure: 'count', subjects }));
  return readings.length > 0 ? readings : undefined;
}

/** 未开展评价工作的机构有5家; 有5家机构2021年未开展评价工作. Of some kind of agency only: not known. */
function withDeed(deed: SubjectToken, before: readonly Token[], named: number): Subject[][] | undefined {
  if (named > 1 || /其他|另|部分|除/.test(textOf(before))) return undefined;
  return !before.includes(deed) || LINK.test(gapAfter(before, deed)) ? [deed.subjects] : undefined;
}

const TAIL =
  /^(?:评价)?(?:机构|单位)?(?:左右)?(?:占|比|所|增加到|减少到|增至|减至|上升到|下降到|提高到|降低到|$)/;

/** `国有企业、民营企业共6家` counts both; `国有企业有3家建有题库` counts neither. */
function namedBefore(
  before: readonly Token[],
  after: readonly Token[],
  all: readonly SubjectToken[],
  own: number,
): Subject[][] | undefined {
  if (own > 1 || subjectsIn(after).length > 0) return undefined;
  const last = all.at(-1);
  if (!LINK.test(gapAfter(before, last)) || !TAIL.test(textOf(after))) return undefined;
  const picks = /另有|还有|部分|除去|去除|剔除|扣除|不含/.test(textOf(before));
  return picks && last?.subjects[0]?.dimension !== 'leftOut' ? undefined : combined(all);
}

/** The ways in which all names together are parts of one classification. */
function combined(all: readonly SubjectToken[]): Subject[][] | undefined {
  const lists = (all.at(-1)?.subjects ?? []).flatMap(({ dimension }) => {
    const parts = all.map(({ subjects }) => subjects.find((one) => one.dimension === dimension));
    const whole = parts.filter((part): part is Subject => part !== undefined);
    const disjoint = whole.length === 1 || !whole.some((part) => part.group || isOccupation(part));
    return whole.length === all.length && disjoint ? [whole] : [];
  });
  return lists.length > 0 ? lists : undefined;
}

/** `4家技工院校`: the name right behind, and nothing that picks some of them. */
function namedAfter(
  before: readonly Token[],
  after: readonly Token[],
  [first, ...others]: readonly SubjectToken[],
): Subject[][] | undefined {
  const index = after.findIndex(({ kind }) => kind === 'subject');
  const between = literal(after.slice(0, index));
  const rest = literal(after.slice(index + 1));
  const picks = /其中|另|还有|部分|去除|剔除|除|扣除|不含|的$/.test(textOf(before));
  const plain =
    ['', '的'].includes(between) && /^(?:机构|单位)?(?:中|参评|参加评估|接受评估|等)?$/.test(rest);
  return first && others.length === 0 && plain && !picks ? first.subjects.map((one) => [one]) : undefined;
}

/** All agencies, or a change of what was counted last: `五星级4家，较上年增加2家`. */
function unnamed({ number, before, after, said, lexicon }: Place): Subject[][] | undefined {
  const [lead, tail] = [textOf(before), textOf(after)];
  if (/^(?:(?:比|较)(?:上年度?|去年))?(?:增加|减少|增|减)(?:了|到|至)?$/.test(lead)) return said.last;
  if (number.change !== 0) return undefined;
  const isAll =
    /(?:备案期满一年的|参评机构|参评的|评估对象|参加评估的?机构)(?:共有?|为|数为|总数为)?$/.test(lead) ||
    /^(?:参评|参加评估的?|被评估?|参评的)(?:评价)?机构(?:中|里|均|全部|$)/.test(tail) ||
    /^(?:评价)?机构(?:中|里|参评|参加评估|接受评估)/.test(tail);
  return isAll && isWhole(said.scope) ? [[lexicon.population]] : undefined;
}
