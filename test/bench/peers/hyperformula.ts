/** The same rubric as a sheet of HyperFormula: a row for each item with its facts and the formula of its points. */
import { HyperFormula } from 'hyperformula';
import type { Facts } from '../../../shared/domain/facts.ts';
import { measured } from '../../../shared/domain/item-score.ts';
import { itemsOf, type Rubric, type RubricItem } from '../../../shared/domain/rubric.ts';

/** Points of 100 in the cell that adds up; facts are written into the sheet for each agency, as one batch. */
export function hyperformulaScorer(rubric: Rubric) {
  const items = itemsOf(rubric);
  const width = Math.max(...items.map((item) => (item.kind === 'checklist' ? item.lines.length : 2)));
  const blank = Array.from({ length: width }, () => 0);
  const rows = items.map((item, index) => [...blank, formulaOf(item, index + 1)]);
  const points = column(width);
  const sum = `=SUM(${points}1:${points}${items.length})`;
  const engine = HyperFormula.buildFromArray([...rows, [sum]], { licenseKey: 'gpl-v3' });
  return (answers: Record<string, Facts>): number => {
    engine.batch(() => {
      for (const [row, item] of items.entries()) {
        const cells = cellsOf(item, answers[item.code], width);
        engine.setCellContents({ sheet: 0, row, col: 0 }, [cells]);
      }
    });
    return Number(engine.getCellValue({ sheet: 0, row: items.length, col: 0 }));
  };
}

const column = (index: number): string => String.fromCharCode(65 + index);

function formulaOf(item: RubricItem, row: number): string {
  switch (item.kind) {
    case 'banded': {
      const value = item.measure.type === 'rate' ? `100*A${row}/B${row}` : `A${row}`;
      const tests = item.bands
        .toReversed()
        .reduce(
          (rest, { above, from, points }) => `IF(${value}${above ? '>' : '>='}${from},${points},${rest})`,
          '0',
        );
      return `=${tests}`;
    }
    case 'checklist': {
      const terms = item.lines.map(({ points }, index) => `${column(index)}${row}*${points}`);
      return `=${terms.join('+')}`;
    }
    case 'graded': {
      const tests = item.grades.reduce(
        (rest, { grade, points }) => `IF(A${row}="${grade}",${points},${rest})`,
        '0',
      );
      return `=${tests}`;
    }
    case 'deduction':
      return `=MAX(0,${item.points}-${item.perFault}*A${row})`;
  }
}

function cellsOf(item: RubricItem, facts: Facts | undefined, width: number): (number | string)[] {
  const padded = (cells: (number | string)[]) => [...cells, ...Array(width - cells.length).fill(0)];
  if (item.kind === 'banded' && facts?.kind === 'banded') {
    const { numerator, denominator } = measured(item, facts.values);
    return padded([numerator, denominator]);
  }
  if (item.kind === 'checklist' && facts?.kind === 'checklist') {
    return padded(item.lines.map(({ key }) => (facts.ticked.includes(key) ? 1 : 0)));
  }
  if (facts?.kind === 'graded') return padded([facts.grade]);
  return padded([facts?.kind === 'deduction' ? facts.faults : 0]);
}
