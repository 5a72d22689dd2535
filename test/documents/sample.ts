import type { Annex, OfficialDocument } from '../../shared/documents/model.ts';

/** A circular with every element that the model knows; texts of our own. */
export function circular(over: Partial<OfficialDocument> = {}): OfficialDocument {
  return {
    language: 'zh-CN',
    head: { layout: 'xinhan', mark: '示例市职业技能鉴定中心', number: '示技函〔2022〕4号' },
    title: ['关于', '2021年度', '全市', '技能人才评价机构', '年度工作评估', '情况的通报'],
    recipients: '各县区人力资源和社会保障局、各技能人才评价机构',
    body: [
      { kind: 'paragraph', text: '现将2021年度全市技能人才评价机构年度工作评估的结果和有关情况通报如下：' },
      { kind: 'heading', level: 1, text: '评估结果' },
      {
        kind: 'paragraph',
        text: '本次参加评估的机构共13家，其中企业6家、技工院校3家、社评组织4家。评出五星级4家，占30.8%；四星级2家，占15.4%；三星级2家，占15.4%（详见附件）；不合格5家，占38.5%。',
      },
      { kind: 'heading', level: 1, text: '好的方面' },
      {
        kind: 'heading',
        level: 2,
        text: '机构类型齐全。',
        follows: '参评机构覆盖企业、院校和培训学校，开展评价的职业（工种）分布在第三、四、五、六大类。',
      },
      {
        kind: 'heading',
        level: 2,
        text: '计划执行较好。',
        follows: [
          { text: '三星级以上机构的年度计划平均执行率为' },
          { text: '86.4%', strong: true },
          { text: '。' },
        ],
      },
      { kind: 'heading', level: 1, text: '问题不足' },
      { kind: 'heading', level: 2, text: '部分机构工作停滞' },
      { kind: 'paragraph', text: '5家机构全年没有开展评价。' },
      { kind: 'heading', level: 3, text: '场地不足' },
      { kind: 'heading', level: 4, text: '设备陈旧' },
    ],
    annexes: [annexOf(2)],
    signature: { organ: '示例市职业技能鉴定中心', sealed: true },
    date: '2022-03-01',
    ...over,
  };
}

/** The same in 文件格式. */
export function wenjian(): OfficialDocument {
  return circular({
    head: { layout: 'wenjian', mark: '示例市职业技能鉴定中心文件', number: '示技〔2022〕4号' },
  });
}

/** Nothing but full characters, over several pages. */
export function fullPages(over: Partial<OfficialDocument> = {}): OfficialDocument {
  return circular({
    body: [{ kind: 'paragraph', text: '评'.repeat(28 * 22 * 3) }],
    annexes: [],
    signature: undefined,
    ...over,
  });
}

export function annexOf(agencies: number): Annex {
  return {
    title: ['2021年度', '技能人才评价机构', '年度工作评估星级'],
    body: [
      {
        kind: 'table',
        caption: '评估星级',
        columns: [
          { title: '序号', share: 6, align: 'centre' },
          { title: '机构名称', share: 40 },
          { title: '机构备案号', share: 15, align: 'centre' },
          { title: '备案期限', share: 15, align: 'centre' },
          { title: '评估星级', share: 10, align: 'centre' },
        ],
        rows: Array.from({ length: agencies }, (_, at) => [
          String(at + 1),
          `示例${AGENCIES[at % AGENCIES.length]}`,
          `Y${String(at + 1).padStart(12, '0')}`,
          '2020.4-2023.3',
          '★'.repeat(5 - (at % 3)),
        ]),
      },
    ],
  };
}

const AGENCIES = ['能源股份有限公司', '市茶艺职业培训学校', '机械技师学院', '联合大学'];
