/** The words of the narrative parts. A sentence whose figure is missing is left out, a paragraph without a sentence too. */
import type { SectionName } from './figures.ts';

export interface ParagraphTemplate {
  title: string;
  sentences: string[];
}

export const NARRATIVE: Record<SectionName, ParagraphTemplate[]> = {
  strengths: [
    {
      title: '参评主体多元',
      sentences: [
        '从机构性质看，{population}家参评机构中，{natures}。',
        '从职业（工种）看，备案职业涉及{classCount}个大类，其中{classes}。',
      ],
    },
    {
      title: '计划执行有力',
      sentences: ['{starredName}及以上机构{starredCount}家，年度计划平均执行率为{executionRate}%。'],
    },
    {
      title: '考核手段改进',
      sentences: ['实行线上机考的机构{computer}家，占{computerPercent}%。'],
    },
    {
      title: '优势项目突出',
      sentences: ['评估得分较好的项目中，{strongest}。'],
    },
    {
      title: '与上年相比有进步',
      sentences: ['与{previousYear}年度相比，{better}。'],
    },
  ],
  problems: [
    {
      title: '产业覆盖不够均衡',
      sentences: ['从备案职业看，{industries}，评价供给与产业需求的衔接有待加强。'],
    },
    {
      title: '评价活动不够经常',
      sentences: ['有{idle}家机构{year}年度未开展评价工作，占{idlePercent}%。'],
    },
    {
      title: '薄弱环节较为集中',
      sentences: ['评估得分较低的项目中，{weakest}，相关机构应当重点改进。'],
    },
    {
      title: '部分机构没有达到要求',
      sentences: ['{failedName}机构{failed}家，占{failedPercent}%。'],
    },
    {
      title: '与上年相比有退步',
      sentences: ['与{previousYear}年度相比，{worse}。'],
    },
  ],
  requirements: [
    {
      title: '对照结果改进',
      sentences: [
        '各评价机构要对照评分表逐项查找差距，明确措施、责任人和完成时限。',
        '{failedName}机构要在本通报印发之日起{rectificationMonths}个月内完成整改并提交材料，由市中心复查一次。',
      ],
    },
    {
      title: '按计划组织评价',
      sentences: ['年度评价计划要向社会公布，按计划组织实施；计划有变动的，及时报备并说明原因。'],
    },
    {
      title: '公开透明服务',
      sentences: ['报名方式、服务内容和收费标准要主动公开，评价结果要按批次公示，投诉渠道要保持畅通。'],
    },
    {
      title: '严守质量底线',
      sentences: [
        '内部督导要覆盖报名资格、命题制卷、考务实施、考评督导、成绩审核和证书办理各个环节，督导记录要写实、留痕、可追溯。',
        '{centre}将加强日常监管，对弄虚作假、走过场发证等行为依规严肃处理。',
      ],
    },
  ],
};

/** What stands in a part about which the data have nothing to say. */
export const NOTHING_TO_SAY: Record<SectionName, string> = {
  strengths: '本年度没有可供归纳的数据。',
  problems: '本年度评估未发现突出的共性问题。',
  requirements: '各评价机构要持续改进评价工作。',
};
