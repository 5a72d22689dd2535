import { describe, expect, it } from 'vitest';
import { findItem, Rubric } from '../../shared/domain/rubric.ts';
import { aRubric, theItem } from './builders.ts';

/** Chinese messages of a rubric that a change of the default has spoiled. */
function problemsAfter(change: (rubric: Rubric) => void): string[] {
  const { error } = Rubric.safeParse(aRubric(change));
  return error?.issues.map(({ message }) => message) ?? [];
}

const activityOf = (rubric: Rubric) => rubric.measures.activity;

describe('points of a rubric', () => {
  it('make 100', () => {
    const [message] = problemsAfter((rubric) => {
      theItem(rubric, 'D1', 'deduction').points = 3.5;
    });
    expect(message).toBe('各项分值合计应为 100 分，现为 99.5 分');
  });

  it('have at most three decimals, which is told and not thrown', () => {
    expect(
      problemsAfter((rubric) => {
        theItem(rubric, 'D1', 'deduction').points = 4.0001;
      }),
    ).toEqual(['最多三位小数']);
  });

  it('are more than 0 for every item', () => {
    expect(
      problemsAfter((rubric) => {
        theItem(rubric, 'D1', 'deduction').points = 0;
      }),
    ).toContain('分值应大于 0');
  });

  it('may be moved from one item to another', () => {
    expect(
      problemsAfter((rubric) => {
        theItem(rubric, 'D1', 'deduction').points = 4.5;
        theItem(rubric, 'F2', 'deduction').points = 2.5;
      }),
    ).toEqual([]);
  });
});

describe('points of an item', () => {
  const mistakes: [string, (rubric: Rubric) => void, string][] = [
    [
      'the highest band gives less',
      (rubric) => {
        theItem(rubric, 'A2', 'banded').bands.splice(0, 1);
      },
      'A2：最高可得 7 分，与分值 8 分不一致',
    ],
    [
      'a band gives more',
      (rubric) => {
        theItem(rubric, 'A4', 'banded').bands.push({ from: 10, points: 3 });
      },
      'A4：最高可得 3 分，与分值 2 分不一致',
    ],
    [
      'the lines give less',
      (rubric) => {
        theItem(rubric, 'C2', 'checklist').lines.pop();
      },
      'C2：最高可得 5 分，与分值 6 分不一致',
    ],
    [
      'the lines give more',
      (rubric) => {
        theItem(rubric, 'C2', 'checklist').lines.push({ key: '7', label: '其他', points: 0.5 });
      },
      'C2：最高可得 6.5 分，与分值 6 分不一致',
    ],
    [
      'the best grade gives less',
      (rubric) => {
        theItem(rubric, 'C3', 'graded').grades.shift();
      },
      'C3：最高可得 3 分，与分值 4 分不一致',
    ],
  ];
  it.each(mistakes)('are refused where %s', (_title, change, message) => {
    expect(problemsAfter(change)).toEqual([message]);
  });
});

describe('items', () => {
  it('take something off for each fault', () => {
    expect(
      problemsAfter((rubric) => {
        theItem(rubric, 'D5', 'deduction').perFault = 0;
      }),
    ).toEqual(['D5：每处扣分应大于 0']);
  });

  it.each([
    ['out of order', 75],
    ['twice the same', 80],
  ])('do not have bands %s', (_title, from) => {
    expect(
      problemsAfter((rubric) => {
        const item = theItem(rubric, 'A2', 'banded');
        item.bands = item.bands.map((band) => (band.from === 70 ? { ...band, from } : band)).toReversed();
      }),
    ).toEqual(['A2：分档下限应从高到低排列且不重复']);
  });

  it('may have a band above a number and one from it, in this order only', () => {
    const withBounds = (aboveFirst: boolean) =>
      problemsAfter((rubric) => {
        const two = [
          { from: 0, above: true, points: 1 },
          { from: 0, points: 0.5 },
        ];
        const item = theItem(rubric, 'D4', 'banded');
        item.bands = [...item.bands.slice(0, 3), ...(aboveFirst ? two : two.toReversed())];
      });
    expect(withBounds(true)).toEqual([]);
    expect(withBounds(false)).toEqual(['D4：分档下限应从高到低排列且不重复']);
  });

  it('have codes of their own, also among bonuses and vetoes', () => {
    const repeated: [string, (rubric: Rubric) => void][] = [
      ['A1', (rubric) => Object.assign(theItem(rubric, 'A3', 'banded'), { code: 'A1' })],
      ['A1', (rubric) => Object.assign(rubric.bonus.items[0] ?? {}, { code: 'A1' })],
      ['P1', (rubric) => Object.assign(rubric.vetoes[0] ?? {}, { code: 'P1' })],
    ];
    for (const [code, change] of repeated) expect(problemsAfter(change)).toEqual([`编号 ${code} 重复`]);
  });

  it('are found by their codes', () => {
    expect(findItem(aRubric(), 'A2')?.title).toBe('年度计划执行率');
    expect(findItem(aRubric(), 'Z9')).toBeUndefined();
  });
});

describe('stars of a rubric', () => {
  const message = '星级不能重复，分数线应从高到低排列，最后一档为 0 分起的不合格（stars: 0）';
  const mistakes: [string, (stars: Rubric['stars']) => Rubric['stars']][] = [
    ['rise', (stars) => stars.toReversed()],
    [
      'repeat a bound',
      (stars) => stars.map((band) => ({ ...band, from: band.from === 80 ? 90 : band.from })),
    ],
    ['end above 0', (stars) => stars.map((band) => ({ ...band, from: band.from || 10 }))],
    ['end with a star', (stars) => stars.map((band) => ({ ...band, stars: band.stars || 2 }))],
  ];
  it.each(mistakes)('are refused where they %s', (_title, change) => {
    expect(
      problemsAfter((rubric) => {
        rubric.stars = change(rubric.stars);
      }),
    ).toEqual([message]);
  });
});

describe('measures of a rubric', () => {
  it.each(['executionRate', 'computerExam'] as const)('read %s from a rate', (key) => {
    for (const code of ['A1', 'G2', 'Z9']) {
      expect(
        problemsAfter((rubric) => {
          rubric.measures[key] = code;
        }),
      ).toEqual([`${code} 不是按比率分档的项目`]);
    }
  });

  it('read activity from a field that its item asks for', () => {
    expect(
      problemsAfter((rubric) => {
        activityOf(rubric).field = 'count';
      }),
    ).toEqual(['A2 没有填报项 count']);
    expect(
      problemsAfter((rubric) => {
        activityOf(rubric).item = 'A1';
      }),
    ).toEqual(['A1 没有填报项 numerator']);
    expect(
      problemsAfter((rubric) => {
        rubric.measures.activity = { item: 'G2', field: 'count' };
      }),
    ).toEqual([]);
  });
});
