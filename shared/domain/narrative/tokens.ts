/** A sentence as numbers with their units, the things they may be about, and the words between them. */
import type { Subject, Word } from './subjects.ts';

export type Unit = '家' | '%' | '百分点' | '分' | '大类';
/** How a number is meant: exactly, at least, below, about. */
export type Bound = 'exactly' | 'moreThan' | 'atLeast' | 'below' | 'atMost' | 'about';

export interface NumberToken {
  kind: 'number';
  /** As it stands in the text. */
  text: string;
  /** Decimal digits. */
  value: string;
  unit: Unit;
  bound: Bound;
  /** 1 for an increase, -1 for a decrease, 0 for a level. */
  change: 1 | -1 | 0;
  /** `由5家`: the level before. */
  from: boolean;
}

export interface SubjectToken {
  kind: 'subject';
  text: string;
  subjects: Subject[];
}

export type Token =
  | NumberToken
  | SubjectToken
  | { kind: 'text'; text: string }
  | { kind: 'comma' }
  | { kind: 'pause' }
  | { kind: 'group'; tokens: Token[] };

/** Sentences and their order in a passage; the text of each is kept as it is. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[。！？；;\n])/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/** Full-width digits and per cent signs as ordinary ones, no spaces: only for reading, never for printing. */
function readable(text: string): string {
  return text
    .replace(/[０-９．％]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/(?<=\d),(?=\d{3})/g, '')
    .replace(/\s+/g, '');
}

const NUMBER =
  /(百分之)?(\d+(?:\.\d+)?|[零一二两三四五六七八九十百]+)(多|余)?(个百分点|百分点|%|家|所|户|个大类|个(?=(?:参评|评价|培训)?机构)|分(?![钟类别析布为之级层批流散享担工管校校区]))?(以上|及以上|以下|左右|上下)?/y;
const UNITS: Record<string, Unit> = {
  个百分点: '百分点',
  百分点: '百分点',
  '%': '%',
  家: '家',
  所: '家',
  户: '家',
  个: '家',
  个大类: '大类',
  分: '分',
};
const PUNCTUATION: Record<string, Token> = {
  '，': { kind: 'comma' },
  ',': { kind: 'comma' },
  '：': { kind: 'comma' },
  ':': { kind: 'comma' },
  '。': { kind: 'comma' },
  '；': { kind: 'comma' },
  ';': { kind: 'comma' },
  '、': { kind: 'pause' },
};

export function tokensOf(sentence: string, words: readonly Word[]): Token[] {
  const text = readable(sentence);
  // An item's title is a subject only where its points are spoken of.
  const usable = text.includes('得分率')
    ? words
    : words.filter(({ subjects }) => subjects[0]?.dimension !== 'item');
  return new Reader(text, usable).read();
}

class Reader {
  private readonly text: string;
  private readonly words: readonly Word[];
  private at = 0;

  constructor(text: string, words: readonly Word[]) {
    this.text = text;
    this.words = words;
  }

  read(inGroup = false): Token[] {
    const tokens: Token[] = [];
    while (this.at < this.text.length) {
      const char = this.text[this.at] ?? '';
      if (inGroup && (char === '）' || char === ')')) {
        this.at++;
        return tokens;
      }
      const token = this.word() ?? this.number() ?? this.mark(char);
      const last = tokens.at(-1);
      if (token.kind === 'text' && last?.kind === 'text') last.text += token.text;
      else tokens.push(token);
    }
    return tokens;
  }

  private word(): SubjectToken | undefined {
    for (const { text, subjects } of this.words) {
      const found = typeof text === 'string' ? this.literal(text) : this.pattern(text)?.[0];
      if (found === undefined) continue;
      this.at += found.length;
      return { kind: 'subject', text: found, subjects };
    }
    return undefined;
  }

  private literal(text: string): string | undefined {
    return this.text.startsWith(text, this.at) ? text : undefined;
  }

  private pattern(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text) ?? undefined;
  }

  private number(): NumberToken | undefined {
    const before = this.text.slice(0, this.at);
    if (/[\d.]$/.test(before)) return undefined;
    const found = this.pattern(NUMBER);
    if (!found) return undefined;
    const [text, hundredth, digits = '', more, sign, after] = found;
    const unit = hundredth ? '%' : UNITS[sign ?? ''];
    const value = decimalOf(digits);
    if (!unit || value === undefined || isNoCount(digits, before)) return undefined;
    this.at += text.length;
    const level = /(?:由|从)(?:上年度?|去年)?的?$/.test(before);
    return {
      kind: 'number',
      text,
      value,
      unit,
      bound: boundOf(before, more, after),
      change: changeOf(before),
      from: level,
    };
  }

  private mark(char: string): Token {
    this.at++;
    if (char === '（' || char === '(') return { kind: 'group', tokens: this.read(true) };
    const token = PUNCTUATION[char];
    return token ? { ...token } : { kind: 'text', text: char };
  }
}

/** 每一家, 数百家: words that hold a numeral but count nothing. */
function isNoCount(digits: string, before: string): boolean {
  return !/^\d/.test(digits) && /[每任哪某这那同另各数几第]$/.test(before);
}

function boundOf(before: string, more: string | undefined, after: string | undefined): Bound {
  if (more || after === '以上' || after === '及以上') return 'atLeast';
  if (after === '以下') return 'below';
  if (after) return 'about';
  if (/(?:不低于|不少于|不小于|至少|≥)$/.test(before)) return 'atLeast';
  if (/(?:不超过|不高于|不多于|至多|最多|≤)$/.test(before)) return 'atMost';
  if (/(?:超过|逾|高于|多于|大于)$/.test(before)) return 'moreThan';
  if (/(?:不足|低于|少于|不到|小于|未达到?)$/.test(before)) return 'below';
  return /(?:约|近|接近)为?$/.test(before) ? 'about' : 'exactly';
}

function changeOf(before: string): 1 | -1 | 0 {
  if (/(?:增加|增长|上升|提高|提升|增)了?(?:约|近)?$/.test(before)) return 1;
  return /(?:减少|下降|降低|回落|减)了?(?:约|近)?$/.test(before) ? -1 : 0;
}

const DIGITS = '零一二三四五六七八九';

/** `13`, `30.80`, `十三`, `两百`; undefined where it is not a number that we read. */
function decimalOf(digits: string): string | undefined {
  if (/^\d/.test(digits)) return digits;
  const found =
    /^(?:([一二两三四五六七八九])百零?)?(?:([一二三四五六七八九]?)十)?([一二两三四五六七八九])?$/.exec(
      digits,
    );
  if (!found) return undefined;
  const digit = (numeral = '') => (numeral === '两' ? 2 : DIGITS.indexOf(numeral));
  const [, hundreds, tens, ones] = found;
  const value =
    (hundreds ? digit(hundreds) * 100 : 0) +
    (tens === undefined ? 0 : tens === '' ? 10 : digit(tens) * 10) +
    (ones ? digit(ones) : 0);
  return value > 0 ? String(value) : undefined;
}
