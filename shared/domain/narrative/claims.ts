/**
 * What a sentence says of the data: each number with what it is about. Where that is not certain (a part of a part, a
 * predicate that the data do not hold) there is no claim: a doubtful flag would teach people to ignore flags.
 */
import { countReadings } from './count-readings.ts';
import { rateReadings } from './rate-readings.ts';
import { isWhole, type Place, type Reading, type Said } from './readings.ts';
import type { Lexicon } from './subjects.ts';
import { everySubject, literal, split, subjectsIn, textOf } from './token-text.ts';
import type { NumberToken, SubjectToken, Token } from './tokens.ts';

export interface Claim {
  number: NumberToken;
  /** The year that is spoken of. */
  when: 'now' | 'before';
  readings: Reading[];
}

/** The claims of one sentence. */
export function claimsIn(tokens: readonly Token[], year: number, lexicon: Lexicon): Claim[] {
  const reader = new ClaimReader(year, lexicon);
  reader.sentence(decided(tokens), { scope: 'all', last: undefined, counted: 'unknown', listed: [] });
  return reader.claims;
}

class ClaimReader {
  readonly claims: Claim[] = [];
  private readonly year: number;
  private readonly lexicon: Lexicon;

  constructor(year: number, lexicon: Lexicon) {
    this.year = year;
    this.lexicon = lexicon;
  }

  sentence(tokens: readonly Token[], said: Said): void {
    for (const clause of split(tokens, 'comma')) this.clause(clause, said);
  }

  private clause(tokens: readonly Token[], said: Said): void {
    const text = textOf(tokens);
    const when = this.yearOf(text);
    if (!when || /每家|每个|平均每|累计|连续|历年|各县|各区|各家/.test(text)) {
      said.last = undefined;
      said.scope = said.counted = 'unknown';
    } else if (/分别/.test(text)) {
      this.respectively(tokens, when, said);
    } else {
      said.listed = [];
      this.items(tokens, when, said);
    }
  }

  /** The assessed year, the one before, or another that we know nothing of. */
  private yearOf(text: string): Claim['when'] | undefined {
    const years = [...text.matchAll(/(\d{4})年/g)].map(([, year]) => Number(year));
    if (years.some((year) => year !== this.year && year !== this.year - 1)) return undefined;
    return years.includes(this.year - 1) || /上年|去年|上一年/.test(text) ? 'before' : 'now';
  }

  /** What stands between pauses; names without a number wait for the next one: `国有企业、民营企业共6家`. */
  private items(tokens: readonly Token[], when: Claim['when'], said: Said): void {
    let pending: SubjectToken[] = [];
    for (const item of split(tokens, 'pause')) {
      const own = subjectsIn(item);
      if (item.some(({ kind }) => kind === 'number')) {
        this.numbers(item, pending, when, said);
        pending = [];
        continue;
      }
      pending = own.length === 1 ? [...pending, ...own] : [];
      this.partOf(item, said);
      for (const token of item) if (token.kind === 'group') this.group(token.tokens, said, own.at(-1));
    }
  }

  private numbers(
    tokens: readonly Token[],
    pending: readonly SubjectToken[],
    when: Claim['when'],
    said: Said,
  ): void {
    let start = 0;
    tokens.forEach((token, index) => {
      if (token.kind === 'group') this.partsOfCount(token.tokens, tokens.slice(0, index), said);
      if (token.kind !== 'number') return;
      const next = tokens.findIndex(({ kind }, at) => at > index && kind === 'number');
      const outside = ({ kind }: Token) => kind !== 'group';
      const place: Place = {
        number: token,
        before: tokens.slice(start, index).filter(outside),
        after: tokens.slice(index + 1, next === -1 ? undefined : next).filter(outside),
        pending: start === 0 ? pending : [],
        said,
        lexicon: this.lexicon,
      };
      this.place(place, when);
      start = index + 1;
    });
  }

  private place(place: Place, when: Claim['when']): void {
    const { number, before, after, said } = place;
    if (/其中|之中/.test(textOf(before))) said.scope = said.counted;
    const readings = readingsOf(place);
    if (number.unit === '家') {
      said.last = readings?.map(({ subjects }) => subjects);
      said.counted = said.last?.[0] ?? 'unknown';
      if (readings) said.listed.push(readings[0]?.subjects ?? []);
    }
    if (number.unit === '大类' && readings) said.counted = said.scope;
    if (readings) this.claim(number, when, readings);
    this.partOf(after, said, readings);
  }

  private claim(number: NumberToken, when: Claim['when'], readings: Reading[]): void {
    const past = number.change === 0 && (when === 'before' || number.from);
    this.claims.push({ number, when: past ? 'before' : 'now', readings });
  }

  /** `13家评价机构（含企业6家）`: brackets behind a number speak of what it counts. */
  private partsOfCount(tokens: readonly Token[], before: readonly Token[], said: Said): void {
    const counted = before.some(({ kind }) => kind === 'number');
    const scope = counted ? (said.last?.[0] ?? 'unknown') : said.scope;
    const share = tokens.every(
      ({ kind, ...token }) => kind !== 'number' || ('unit' in token && token.unit === '%'),
    );
    this.group(tokens, share ? said : { ...said, scope }, subjectsIn(before).at(-1));
  }

  /** What stands in brackets: points that bound the band before it, or more of the sentence. */
  private group(tokens: readonly Token[], said: Said, owner: SubjectToken | undefined): void {
    const bands = owner?.subjects.filter(({ bounds }) => bounds) ?? [];
    const points = tokens.filter((token) => token.kind === 'number').filter(({ unit }) => unit === '分');
    if (bands.length > 0 && points.length > 0) {
      for (const point of points) this.claim(point, 'now', [{ measure: 'bound', subjects: bands }]);
    } else {
      this.sentence(tokens, { ...said, listed: [] });
    }
  }

  /** `13家参评机构中，`: the rest of the sentence is about those. */
  private partOf(after: readonly Token[], said: Said, readings?: Reading[]): void {
    if (!/(?:^|机构|单位|院校|组织|企业|学校|者)(?:之)?中$/.test(literal(after))) return;
    said.scope = readings?.[0]?.subjects ?? subjectsIn(after)[0]?.subjects ?? 'unknown';
  }

  /** `五星级、四星级分别为4家、2家`, `分别占31%、15%`. */
  private respectively(tokens: readonly Token[], when: Claim['when'], said: Said): void {
    const numbers = tokens.filter((token) => token.kind === 'number');
    const first = tokens.findIndex(({ kind }) => kind === 'number');
    const named = subjectsIn(tokens.slice(0, first)).map(({ subjects }) => subjects.slice(0, 1));
    const subjects = named.length > 0 ? named : said.listed;
    const isShare = numbers.every(({ unit }) => unit === '%') && /占|比例|比重/.test(textOf(tokens));
    const isCount = numbers.every(({ unit }) => unit === '家');
    said.last = undefined;
    if (subjects.length !== numbers.length || !(isShare || isCount) || !isWhole(said.scope)) return;
    numbers.forEach((number, index) => {
      const measure = isShare ? 'share' : 'count';
      this.claim(number, when, [{ measure, subjects: subjects[index] ?? [] }]);
    });
    said.listed = subjects;
  }
}

function readingsOf(place: Place): Reading[] | undefined {
  const { number, before, said } = place;
  switch (number.unit) {
    case '家':
      return countReadings(place);
    case '%':
    case '百分点':
      return rateReadings(place);
    case '分': {
      const subjects =
        subjectsIn(before)
          .at(-1)
          ?.subjects.filter(({ bounds }) => bounds) ?? [];
      const plain = subjects.length > 0 && !/平均|得分|高|低/.test(textOf(before));
      return plain ? [{ measure: 'bound', subjects }] : undefined;
    }
    case '大类': {
      const plain = isWhole(said.scope) && /涉及|涵盖|覆盖|分布/.test(textOf(before));
      return plain && subjectsIn(before).length === 0 ? [{ measure: 'classes', subjects: [] }] : undefined;
    }
  }
}

/** Where a name means two things, the other names of the sentence decide: 培训学校 beside it makes 技工院校 a nature. */
function decided(tokens: readonly Token[]): Token[] {
  const sole = new Set(
    everySubject(tokens)
      .filter(({ subjects }) => subjects.length === 1)
      .map(({ subjects: [one] }) => one?.dimension),
  );
  if (/机构性质|从性质/.test(textOf(tokens))) sole.add('nature');
  if (/备案类型/.test(textOf(tokens))) sole.add('filingType');
  const pick = (token: Token): Token => {
    if (token.kind === 'group') return { kind: 'group', tokens: token.tokens.map(pick) };
    if (token.kind !== 'subject' || token.subjects.length === 1) return token;
    const fitting = token.subjects.filter(({ dimension }) => sole.has(dimension));
    return fitting.length === 1 ? { ...token, subjects: fitting } : token;
  };
  return tokens.map(pick);
}
