/** The sample's YAML files, written as a clerk would write them. */
import { EXCLUDED } from './sample-agencies.ts';

const exclusions = EXCLUDED.map(
  ({ filingNumber }) =>
    `    - { filingNumber: ${filingNumber}, reason: 省中心抽查评估, source: 省中心抽查评估名单（样例） }`,
).join('\n');

export const SETTINGS_YAML = `# 样例数据：机构名称和备案信息取自公开的通报，其余内容均为虚构。
year: 2021                # 评估年度
startsOn: 2022-02-15      # 启动日期，当天 09:00（北京时间）自动启动
seed: 样例种子2021        # 决定抽签等随机内容；同一文件夹得到同样的结果

settings:
  centre: 淮南市职业技能鉴定中心
  city: 淮南市
  cityCode: "04"          # 加引号，否则 04 会读成数字 4
  recipients: 各县区人社局，技能人才评价机构
  documents:
    notice: 职技函〔2022〕1号
    plan: 职技函〔2022〕2号
    announcement: 职技函〔2022〕3号
    circular: 职技函〔2022〕4号
  filingReferenceMonth: 2022-02
  sampleData: true        # 所有输出标明“样例数据”
  exclusions:
${exclusions}

staff:
  handlers:
    - { id: handler-1, name: 张样例 }
    - { id: handler-2, name: 李样例 }
  approvers:
    - { id: approver-1, name: 王样例 }
    - { id: approver-2, name: 赵样例 }
  directors:
    - { id: director-1, name: 钱样例 }
  auditors:
    - { id: auditor-1, name: 孙样例 }
  inspectors:
    - { id: inspector-1, name: 周样例 }
    - id: inspector-2
      name: 吴样例
      recusals:
        - { filingNumber: S000034010012, reason: 曾在该校任教，离开未满两年 }
    - { id: inspector-3, name: 郑样例 }
    - { id: inspector-4, name: 冯样例 }
`;

export const DECISIONS_YAML = `# 谁在哪一步作什么决定。afterDays：该步骤开始后第几个工作日办理，不写为 1。
prepareNotice:
  - { by: handler-1, verdict: approve, reason: 通知已拟好，请审批 }

approveNotice:
  - { by: approver-1, verdict: approve, reason: 同意印发 }

deskReview:
  by: handler-2
  reason: 已与平台数据和佐证材料核对
  afterDays: 3
  corrections:
    - filingNumber: S000034040016
      item: B3
      facts: { kind: banded, values: { numerator: 6, denominator: 9 } }
      reason: 佐证材料中只见 6 个批次的结果公示
  acceptedFlags:          # 采信填报、不更正的预警，自上而下取第一条相符的
    - code: evidenceReused
      reason: 每份材料为汇编，已按项目逐一核对到相应部分
    - filingNumber: S000034040005
      item: F1
      reason: 相差的证书已在平台补录，见第 3 份材料
    - filingNumber: S000034040017
      item: D4
      reason: 平台未计入补考人次，已核对考务记录
  notApplicable:
    - filingNumber: Y000034040005
      item: C4
      approve: true
      by: approver-2
      reason: 督导记录显示全年未发现问题，同意按不适用处理

approvePlan:
  - { by: approver-1, verdict: approve, reason: 抽签过程可核对，回避已处理 }

jointEntries:             # 检查记录表为第一名督导员所记；其他督导员当时记录不同的项目和会商认定的理由
  - filingNumber: S000034040016
    item: C3
    recorded: { kind: graded, grade: B, reason: 要素基本齐全（样例） }
    reason: 三份督导记录没有整改结论，难以倒查
  - filingNumber: S000034040016
    item: D5
    recorded: { kind: deduction, faults: 3 }
    reason: 其中 2 处签字在另册，补看后不作缺失
  - filingNumber: Y000034040003
    item: A2
    recorded: { kind: banded, values: { numerator: 9, denominator: 10 } }
    reason: 一个批次延至次年 1 月完成，不计入本年

reviewScores:
  - { by: approver-1, verdict: approve, reason: 评分依据齐全，同意反馈机构, afterDays: 2 }

answers:
  - filingNumber: S000034040005
    by: handler-1
    verdict: upheld
    reason: 补交的成绩审核督导记录与考务档案一致，现场检查时未见到，予以采纳
    corrections:
      - item: C2
        facts: { kind: checklist, ticked: ["1", "2", "3", "4", "5"] }
        reason: 成绩审核环节督导记录经核实

objections:
  - filingNumber: S000034040016
    number: 1
    by: approver-2
    verdict: upheld
    reason: 补交的网页存档显示 9 个批次的结果均已按时公示，异议成立
    afterDays: 3
    corrections:
      - item: B3
        facts: { kind: banded, values: { numerator: 9, denominator: 9 } }
        reason: 补交的网页存档经核实
  - filingNumber: S000034040017
    number: 1
    by: approver-2
    verdict: rejected
    reason: 租用场地不足以满足全部备案职业的考评，所交租赁合同始于 2022 年，不能证明 2021 年度的情况
    afterDays: 3

prepareCircular:
  - { by: handler-2, verdict: approve, reason: 通报文稿已核对, afterDays: 2 }

signCircular:
  - { by: director-1, verdict: approve, reason: 同意签发 }
`;

/** What an agency says to a result. */
export interface SampleStatement {
  /** The file's name without its extension. */
  name: string;
  /** What it hands in. */
  evidence: string;
  yaml: string;
}

export const ANSWERS: readonly SampleStatement[] = [
  {
    name: 'S000034040005',
    evidence: '成绩审核督导记录.pdf',
    yaml: `items: [C2]
reason: 成绩审核环节有督导记录，现场检查时由教务科另行存放未能出示，现补交
evidence:
  - { file: 成绩审核督导记录.pdf, effectiveOn: 2021-12-20 }
`,
  },
];

export const OBJECTIONS: readonly SampleStatement[] = [
  {
    name: 'S000034040016-1',
    evidence: '结果公示网页存档.pdf',
    yaml: `items: [B3]
reason: 我校 2021 年 9 个批次的评价结果均在校网公示，自评时漏附 3 个批次的网页存档，现补交
evidence:
  - { file: 结果公示网页存档.pdf, effectiveOn: 2021-11-30 }
`,
  },
  {
    name: 'S000034040017-1',
    evidence: '场地租赁合同.pdf',
    yaml: `items: [D2]
reason: 我校已扩租茶艺实训场地，场地设施设备应评为 B 等
evidence:
  - { file: 场地租赁合同.pdf, effectiveOn: 2022-01-10 }
`,
  },
];
