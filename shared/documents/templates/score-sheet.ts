/** 评分表 */
import type { Template } from '../template.ts';

export const SCORE_SHEET: Template = {
  title: ['{year}年度', '技能人才评价机构', '年度工作评估', '评分表'],
  body: `
@agency
@items
@bonus
@vetoes
@objections
评定结果：{result}。{explanation}
`,
};
