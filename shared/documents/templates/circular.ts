/** 评估情况通报. Parts 二 to 四 are the text that was drafted from the figures and edited by a handler. */
import type { Template } from '../template.ts';

export const CIRCULAR: Template = {
  title: ['关于', '{year}年度', '{city}', '技能人才评价机构', '年度工作评估情况', '的通报'],
  body: `
{year}年度技能人才评价机构年度工作评估已经结束，现将评估结果和有关情况通报如下：
# 评估结果
根据评估通知（{noticeNumber}）的部署，本次评估对象为备案期满一年的{population}家评价机构{filingTypes}{leftOut}。经机构自评、材料复核、实地抽查和公示，评定{bands}{percentNote}。{annexNote}
# 好的方面
@strengths
# 问题不足
@problems
# 工作要求
@requirements
`,
};
