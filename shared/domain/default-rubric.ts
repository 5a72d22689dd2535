/**
 * The rubric that a cycle starts with: 100 points, seven parts, 26 items. A cycle copies it, staff may edit the copy,
 * and it is frozen when the notice is approved.
 */
import type { Rubric } from './rubric.ts';

type Items = Rubric['parts'][number]['items'];
/** Lower bound and points; `'above'` leaves the bound itself out. */
type Bands = [from: number, points: number, above?: 'above'][];

const bands = (rows: Bands) =>
  rows.map(([from, points, above]) => ({ from, points, ...(above && { above: true }) }));

const rate = (
  code: string,
  title: string,
  points: number,
  numerator: string,
  denominator: string,
  rows: Bands,
  platform: { numerator?: PlatformField; denominator?: PlatformField } = {},
): Items[number] => ({
  code,
  title,
  points,
  kind: 'banded',
  evidenceRequired: true,
  measure: {
    type: 'rate',
    numerator: {
      key: 'numerator',
      label: numerator,
      ...(platform.numerator && { platform: platform.numerator }),
    },
    denominator: {
      key: 'denominator',
      label: denominator,
      ...(platform.denominator && { platform: platform.denominator }),
    },
  },
  bands: bands(rows),
});
type PlatformField =
  | 'plannedBatches'
  | 'completedBatches'
  | 'announcedBatches'
  | 'candidates'
  | 'certificates';

const checklist = (code: string, title: string, points: number, labels: string[]): Items[number] => ({
  code,
  title,
  points,
  kind: 'checklist',
  evidenceRequired: true,
  lines: labels.map((label, index) => ({ key: String(index + 1), label, points: points / labels.length })),
});

const graded = (code: string, title: string, grades: [string, number, string][]): Items[number] => ({
  code,
  title,
  points: Math.max(...grades.map(([, points]) => points)),
  kind: 'graded',
  evidenceRequired: true,
  grades: grades.map(([grade, points, description]) => ({ grade, points, description })),
});

const deduction = (
  code: string,
  title: string,
  points: number,
  perFault: number,
  fault: string,
): Items[number] => ({ code, title, points, kind: 'deduction', evidenceRequired: true, perFault, fault });

export const DEFAULT_RUBRIC: Rubric = {
  version: '2021.1',
  parts: [
    {
      code: 'A',
      title: '计划实施',
      items: [
        checklist('A1', '年度评价计划编制、公布、变更报备', 3, [
          '编制年度评价计划',
          '向社会公布计划',
          '计划变更及时报备',
        ]),
        rate(
          'A2',
          '年度计划执行率',
          8,
          '执行批次数',
          '计划批次数',
          [
            [90, 8],
            [80, 7],
            [70, 5],
            [60, 3],
            [40, 1],
          ],
          {
            numerator: 'completedBatches',
            denominator: 'plannedBatches',
          },
        ),
        rate('A3', '认定方案、结果按批次报备及时率', 3, '及时报备批次数', '应报备批次数', [
          [100, 3],
          [95, 2],
          [80, 1],
        ]),
        rate('A4', '备案职业开展覆盖率', 2, '已开展评价的备案职业数', '备案职业数', [
          [80, 2],
          [50, 1],
        ]),
      ],
    },
    {
      code: 'B',
      title: '公告公示',
      items: [
        rate(
          'B1',
          '评价公告率',
          4,
          '发布公告批次数',
          '执行批次数',
          [
            [100, 4],
            [90, 3],
            [70, 1],
          ],
          {
            numerator: 'announcedBatches',
            denominator: 'completedBatches',
          },
        ),
        checklist('B2', '报名方式、服务内容、收费标准公开', 3, [
          '报名方式公开',
          '服务内容公开',
          '收费标准公开',
        ]),
        rate(
          'B3',
          '评价结果公示率',
          4,
          '公示结果批次数',
          '执行批次数',
          [
            [100, 4],
            [90, 3],
            [70, 1],
          ],
          {
            denominator: 'completedBatches',
          },
        ),
        checklist('B4', '投诉渠道公布、台账、按期办结', 3, ['投诉渠道公布', '建立投诉台账', '投诉按期办结']),
      ],
    },
    {
      code: 'C',
      title: '内部督导',
      items: [
        checklist('C1', '督导制度、持证内督员、督导计划', 3, [
          '建立督导制度',
          '配备持证内督员',
          '制定督导计划',
        ]),
        checklist('C2', '六环节督导覆盖', 6, [
          '报名资格',
          '命题制卷',
          '考务实施',
          '考评督导',
          '成绩审核',
          '证书办理',
        ]),
        graded('C3', '督导记录质量', [
          ['A', 4, '记录完整，问题、依据、处理和复核俱全，可倒查'],
          ['B', 3, '记录基本完整，个别要素缺失'],
          ['C', 1, '记录简单，难以倒查'],
          ['D', 0, '无记录或流于形式'],
        ]),
        rate('C4', '问题整改闭环率', 3, '已整改销号问题数', '督导发现问题数', [
          [100, 3],
          [80, 2],
          [50, 1],
        ]),
      ],
    },
    {
      code: 'D',
      title: '考务与技术监管',
      items: [
        deduction('D1', '报名资格审核', 4, 1, '不合规的报名档案份数'),
        graded('D2', '场地设施设备', [
          ['A', 3, '自有场地，设施设备满足全部备案职业'],
          ['B', 2, '场地设备满足主要备案职业'],
          ['C', 1, '租用场地或设备不足，尚能开展评价'],
          ['D', 0, '不具备开展评价的场地设备'],
        ]),
        rate('D3', '视频监控覆盖率', 5, '视频监控覆盖的考场数', '使用考场数', [
          [100, 5],
          [90, 4],
          [60, 2],
        ]),
        rate(
          'D4',
          '线上机考占比',
          5,
          '线上机考人次',
          '参加考试人次',
          [
            [100, 5],
            [80, 4],
            [50, 3],
            [0, 1, 'above'],
          ],
          {
            denominator: 'candidates',
          },
        ),
        deduction('D5', '考务记录与签字', 3, 0.5, '记录或签字缺失处数'),
      ],
    },
    {
      code: 'E',
      title: '题库与队伍',
      items: [
        rate('E1', '题库、大纲覆盖率', 6, '有题库和大纲的备案职业数', '备案职业数', [
          [100, 6],
          [80, 5],
          [60, 3],
          [30, 1],
        ]),
        checklist('E2', '命题保密、随机组卷、试卷交接', 3, ['命题保密', '随机组卷', '试卷交接']),
        rate('E3', '每职业合格考评员不少于3人的占比', 5, '合格考评员不少于3人的职业数', '备案职业数', [
          [100, 5],
          [80, 4],
          [60, 2],
        ]),
      ],
    },
    {
      code: 'F',
      title: '证书与档案',
      items: [
        rate(
          'F1',
          '证书按期办理率',
          5,
          '按期办理证书数',
          '应办理证书数',
          [
            [100, 5],
            [95, 4],
            [85, 2],
          ],
          {
            denominator: 'certificates',
          },
        ),
        deduction('F2', '证书数据准确', 3, 1, '证书数据差错数'),
        checklist('F3', '档案：报名、备案、过程、结果与证书', 4, [
          '报名档案',
          '备案档案',
          '过程档案',
          '结果与证书档案',
        ]),
      ],
    },
    {
      code: 'G',
      title: '服务与自律',
      items: [
        graded('G1', '便民与社会服务', [
          ['A', 3, '常态化开展上门、预约等便民服务，面向社会服务成效明显'],
          ['B', 2, '开展便民服务，面向社会提供评价'],
          ['C', 1, '仅面向本单位或本校'],
          ['D', 0, '未开展'],
        ]),
        {
          code: 'G2',
          title: '经查属实投诉数',
          points: 3,
          kind: 'banded',
          evidenceRequired: false,
          measure: { type: 'count', count: { key: 'count', label: '经查属实投诉件数' } },
          bands: bands([
            [2, 0],
            [1, 1],
            [0, 3],
          ]),
        },
        checklist('G3', '承诺书公开、年度总结报送', 2, ['承诺书公开', '年度总结报送']),
      ],
    },
  ],
  bonus: {
    max: 5,
    items: [
      { code: 'P1', title: '自有机考系统、人脸识别、随机组卷', each: 2, max: 2 },
      { code: 'P2', title: '第五、六大类或新职业新开评价', each: 1, max: 2 },
      { code: 'P3', title: '毕业年度学生或重点群体服务', each: 1, max: 1 },
      { code: 'P4', title: '承担标准、题库开发或省级以上竞赛', each: 1, max: 1 },
    ],
  },
  vetoes: [
    { code: 'V1', title: '包过保过、虚假宣传' },
    { code: 'V2', title: '操控结果、替考、走过场发证' },
    { code: 'V3', title: '伪造、倒卖、滥发证书，参与“山寨证书”' },
    { code: 'V4', title: '超备案范围、超期评价' },
    { code: 'V5', title: '自评材料弄虚作假' },
    { code: 'V6', title: '拒不参评、不交材料、阻挠检查', automatic: 'notFiled' },
    { code: 'V7', title: '评估年度内未开展评价', automatic: 'noActivity' },
    { code: 'V8', title: '重大泄题、安全事故' },
    { code: 'V9', title: '违规收费情节严重' },
  ],
  stars: [
    { stars: 5, name: '五星级', from: 90 },
    { stars: 4, name: '四星级', from: 80 },
    { stars: 3, name: '三星级', from: 70 },
    { stars: 0, name: '不合格', from: 0 },
  ],
  measures: {
    executionRate: 'A2',
    computerExam: 'D4',
    activity: { item: 'A2', field: 'numerator' },
    upheldComplaints: { item: 'G2', field: 'count' },
  },
};
