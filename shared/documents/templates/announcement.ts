/** 拟定星级公示 */
import type { Template } from '../template.ts';

export const ANNOUNCEMENT: Template = {
  title: ['{year}年度', '{city}', '技能人才评价机构', '年度工作评估', '拟定星级公示'],
  body: `
{year}年度技能人才评价机构年度工作评估已完成机构自评、材料复核、实地抽查和计分，参评机构共{population}家，拟评定{bands}。现将拟定星级予以公示，接受社会监督。
# 公示时间
自公示之日起{workingDays}个工作日。
# 异议提出
{objections}
其他单位和个人对公示内容有意见的，可以在公示期内向{centre}反映，并提供可供核实的事实和依据。
联系方式：{contact}。
`,
};
