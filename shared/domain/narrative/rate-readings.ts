/** What a per cent is of. */
import { isOccupation, isWhole, LINK, type Place, type Reading } from './readings.ts';
import { gapAfter, literal, subjectsIn, textOf } from './token-text.ts';

export function rateReadings(place: Place): Reading[] | undefined {
  const { before, said, lexicon } = place;
  const text = textOf(before);
  const named = subjectsIn(before);
  const last = named.at(-1);
  if (/得分率/.test(text)) {
    return named.length === 1 && last?.subjects[0]?.average
      ? [{ measure: 'average', subjects: last.subjects }]
      : undefined;
  }
  if (/执行率/.test(text)) {
    // The circular states one execution rate: the mean of agencies that were awarded stars.
    const others = named.some(({ subjects: [first] }) => first !== lexicon.starred);
    return /平均/.test(text) && !others ? [{ measure: 'executionRate', subjects: [] }] : undefined;
  }
  if (last?.text.endsWith('率')) {
    const plain = LINK.test(gapAfter(before, last)) && isWhole(said.scope);
    return plain ? [{ measure: 'share', subjects: last.subjects }] : undefined;
  }
  return /率/.test(literal(before).replace(/比率/g, '')) ? undefined : shareReadings(place);
}

const SHARE = /占比?|比例|比重|比率/;
/** Between 占 and its per cent: nothing, or all agencies. */
const BASE =
  /^(?:了|到|达到|达|为|约|近|超过|逾|不足|至少|仅|只|比|例|的|全部|参评|被评|评价|评估|机构|对象|单位|总数|总量|数|由|从|增|减|提高|降低|上升|下降|加|少)*$/;

function shareReadings(place: Place): Reading[] | undefined {
  const { before, said } = place;
  const at = before.findLastIndex((token) => token.kind === 'text' && SHARE.test(token.text));
  if (at === -1) return bareShare(place);
  const text = textOf(before);
  if (/中|里/.test(text) || !BASE.test(text.split(SHARE).at(-1) ?? '')) return undefined;
  const named = subjectsIn(before.slice(0, at + 1));
  const [base, ...more] = subjectsIn(before.slice(at + 1));
  const [name] = named;
  if (named.length > 1 || more.length > 0 || isOccupation(name?.subjects[0])) return undefined;
  const parts = name ? name.subjects.map((subject) => [subject]) : said.last;
  if (!base)
    return isWhole(said.scope) ? parts?.map((subjects) => ({ measure: 'share', subjects })) : undefined;
  // A part of another classification (国有企业 of 五星级) is a figure that the data do not hold.
  const [of] = base.subjects;
  const within = of && parts?.every((subjects) => subjects[0]?.dimension === of.dimension);
  return within ? parts?.map((subjects) => ({ measure: 'share', subjects, base: [of] })) : undefined;
}

/** 五星级31%, 4家（31%）. */
function bareShare({ before, said }: Place): Reading[] | undefined {
  const share = (subjects: Reading['subjects']): Reading => ({ measure: 'share', subjects });
  if (literal(before) === '') return said.last?.map(share);
  const [name, ...others] = subjectsIn(before);
  const alone = name && name === before.at(-1) && others.length === 0 && !isOccupation(name.subjects[0]);
  return alone && isWhole(said.scope) ? name.subjects.map((subject) => share([subject])) : undefined;
}
