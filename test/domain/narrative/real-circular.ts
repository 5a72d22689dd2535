/** The figures of the published circular of 2021, as its records would give them. */
import type { CircularFigures, YearFigures } from '../../../shared/domain/narrative/figures.ts';

const band = (stars: number, name: string, from: number, count: number, percent: string) => ({
  stars,
  name,
  from,
  count,
  percent,
});

export const LAST_YEAR: YearFigures = {
  year: 2020,
  population: 10,
  bands: [
    band(5, '五星级', 90, 2, '20'),
    band(4, '四星级', 80, 3, '30'),
    band(3, '三星级', 70, 1, '10'),
    band(0, '不合格', 0, 4, '40'),
  ],
  averageExecutionRate: '80.5',
  withoutActivity: 2,
  computerExam: { count: 3, percent: '30' },
};

export const HUAINAN: CircularFigures = {
  year: 2021,
  population: 13,
  byFilingType: { enterprise: 6, technicalSchool: 3, socialOrganisation: 4 },
  byNature: { schoolOrCollege: 4, trainingSchool: 3, stateOwned: 4, private: 2 },
  leftOut: [{ reason: '省中心抽查评估', count: 10 }],
  bands: [
    band(5, '五星级', 90, 4, '31'),
    band(4, '四星级', 80, 2, '15'),
    band(3, '三星级', 70, 2, '15'),
    band(0, '不合格', 0, 5, '38'),
  ],
  percentNote: '各项比例分别四舍五入，合计为99%',
  averageExecutionRate: '95.0',
  withoutActivity: 5,
  computerExam: { count: 6, percent: '46' },
  majorClasses: [
    { majorClass: '4', title: '社会生产服务和生活服务人员', agencies: 9 },
    { majorClass: '6', title: '生产制造及有关人员', agencies: 7 },
  ],
  industries: [
    { industry: '第一产业', agencies: 0 },
    { industry: '第二产业', agencies: 7 },
    { industry: '第三产业', agencies: 9 },
  ],
  itemAverages: [
    { code: 'E1', title: '题库、大纲覆盖率', average: '41.0' },
    { code: 'D4', title: '线上机考占比', average: '52.3' },
    { code: 'G1', title: '便民与社会服务', average: '88.9' },
    { code: 'A1', title: '年度评价计划编制、公布、变更报备', average: '97.5' },
  ],
  previous: LAST_YEAR,
};
