/** 评估通知 */
import type { Template } from '../template.ts';

export const NOTICE: Template = {
  title: ['关于开展', '{year}年度', '{city}', '技能人才评价机构', '年度工作评估', '的通知'],
  body: `
为加强技能人才评价机构监督管理，规范评价行为，提高评价质量，决定开展{year}年度技能人才评价机构年度工作评估。现将有关事项通知如下：
# 评估对象
截至{referenceMonth}底备案满一年、备案期限未届满的评价机构，经核共{eligible}家。
已备案机构中另有{leftOut}家不参加本次评估{exclusions}，原因由市中心记录在案。
# 评估内容
评估满分{fullMarks}分，分{parts}共{partCount}个部分、{itemCount}个项目，具体标准见附件。
设加分项，合计不超过{bonusMax}分；加分后总分不超过100分，不能使不合格转为合格。
# 评估程序
## 机构自评。评价机构自本通知印发次日起{selfEvaluationWorkingDays}个工作日内登录系统填报自评内容，上传佐证材料，签署承诺书。逾期不提交的，按未提交处理。
## 材料复核。市中心将填报内容与平台数据和佐证材料逐项核对，对差异较大的数据提示预警、核实更正。
## 实地抽查。按备案类型各抽取不少于{samplingPercent}%的机构，合计不少于{samplingAtLeast}家，风险较高的机构必查；每家机构由{inspectorsPerVisit}名督导员现场检查，督导员与机构有利害关系的应当回避。
## 计分公示。依据评估标准计分，拟定星级公示{announcementWorkingDays}个工作日。机构对拟定星级有异议的，可以在公示期内提出，市中心在{objectionDecisionDays}日内书面答复。
# 评估等级
按得分评定等级：{bands}。
有下列情形之一的，不论得分多少，评为{failedName}：
@vetoes
# 抽签监督
抽查对象和督导员由抽签确定。抽签种子已经封存，随抽查方案公开，任何人可以据此复核抽签结果。种子的摘要现予公布：
@commitment
# 工作要求
各评价机构要如实填报，对所填内容和佐证材料的真实性负责。{failedName}机构要在{rectificationMonths}个月内完成整改，由市中心复查一次。
联系方式：{contact}。
`,
};
