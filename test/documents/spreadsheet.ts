/** A calculator for the few functions that our formulas use, so that their cached values are checked by another reckoning. */
import { type CellValue, plainValue, type Workbook } from '../../shared/documents/xlsx/workbook.ts';

type Value = string | number | null;

/** Every formula of a workbook: the value that is cached, and the one that its cells give. */
export function recomputed(workbook: Workbook): { formula: string; given: number; computed: number }[] {
  const grids = new Map(
    workbook.sheets.map(({ name, columns, rows, totals }): [string, (readonly CellValue[])[]] => [
      name,
      [columns.map(({ title }) => title), ...rows, ...(totals ? [totals] : [])],
    ]),
  );
  return workbook.sheets.flatMap(({ name }) =>
    (grids.get(name) ?? []).flat().flatMap((cell) =>
      typeof cell === 'object' && cell !== null
        ? [
            {
              formula: cell.formula,
              given: cell.value,
              computed: new Formula(cell.formula, name, grids).value(),
            },
          ]
        : [],
    ),
  );
}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|((?:[\u4e00-\u9fa5]+!)?\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)|([A-Z]+(?=\())|([-+*/=(),]))/y;

/** Recursive descent over numbers, references, ranges, functions, and + - * / =. */
class Formula {
  private readonly tokens: string[] = [];
  private at = 0;
  private readonly sheet: string;
  private readonly grids: ReadonlyMap<string, (readonly CellValue[])[]>;

  constructor(text: string, sheet: string, grids: ReadonlyMap<string, (readonly CellValue[])[]>) {
    this.sheet = sheet;
    this.grids = grids;
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.length) {
      const found = TOKEN.exec(text);
      if (!found) throw new SyntaxError(`cannot read ${text}`);
      this.tokens.push(found[0].trim());
    }
  }

  value(): number {
    return Number(this.comparison());
  }

  private take(...wanted: string[]): string | undefined {
    const token = this.tokens[this.at];
    if (token === undefined || !wanted.includes(token)) return undefined;
    this.at++;
    return token;
  }

  private comparison(): number {
    const left = this.sum();
    return this.take('=') ? Number(left === this.sum()) : left;
  }

  private sum(): number {
    let total = this.product();
    for (let sign = this.take('+', '-'); sign; sign = this.take('+', '-')) {
      const next = this.product();
      total = sign === '+' ? total + next : total - next;
    }
    return total;
  }

  private product(): number {
    let total = this.operand();
    for (let sign = this.take('*', '/'); sign; sign = this.take('*', '/')) {
      const next = this.operand();
      total = sign === '*' ? total * next : total / next;
    }
    return total;
  }

  private operand(): number {
    const token = this.tokens[this.at++] ?? '';
    if (/^\d/.test(token)) return Number(token);
    if (/^[A-Z]+$/.test(token)) return this.call(token);
    return Number(this.range(token)[0] ?? 0);
  }

  private call(name: string): number {
    this.take('(');
    const args: Value[][] = [];
    do {
      const token = this.tokens[this.at] ?? '';
      if (token.includes(':')) {
        this.at++;
        args.push(this.range(token));
      } else args.push([this.comparison()]);
    } while (this.take(','));
    this.take(')');
    const [first = [], second = [], third = []] = args;
    const numbers = first.filter((value) => typeof value === 'number');
    const [a = 0, b = 0, c = 0] = [first, second, third].map(([value]) => Number(value));
    switch (name) {
      case 'SUM':
        return numbers.reduce((total, value) => total + value, 0);
      case 'AVERAGE':
        return numbers.reduce((total, value) => total + value, 0) / numbers.length;
      case 'COUNTIF':
        return first.filter((value) => value === b).length;
      case 'IF':
        return a ? b : c;
      case 'MIN':
        return Math.min(a, b);
      case 'ROUND':
        return Math.round(a * 10 ** b) / 10 ** b;
      case 'TRUNC':
        return Math.trunc(Number((a * 10 ** b).toFixed(6))) / 10 ** b;
      default:
        throw new SyntaxError(`no function ${name}`);
    }
  }

  private range(reference: string): Value[] {
    const [sheet, cells = ''] = reference.includes('!') ? reference.split('!') : [this.sheet, reference];
    const [from = '', to = from] = cells.replaceAll('$', '').split(':');
    const grid = this.grids.get(sheet ?? '') ?? [];
    const [top, left, bottom, right] = [row(from), column(from), row(to), column(to)];
    return grid
      .slice(top, bottom + 1)
      .flatMap((line) =>
        Array.from({ length: right - left + 1 }, (_none, index) => plainValue(line[left + index] ?? null)),
      );
  }
}

const row = (cell: string) => Number(/\d+/.exec(cell)?.[0]) - 1;
const column = (cell: string) =>
  [...(/[A-Z]+/.exec(cell)?.[0] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
