/** The registry's record of an agency 评价机构, and the two independent classifications that circulars print. */
import * as z from 'zod/mini';
import { addMonths, Month, monthIndex } from './calendar.ts';
import { FILING_TYPES } from './filing-types.ts';
import { Words } from './schemas.ts';

export { FILING_TYPES } from './filing-types.ts';
export const FilingType = z.enum(['enterprise', 'technicalSchool', 'socialOrganisation']);
export type FilingType = z.infer<typeof FilingType>;

/** 机构性质. */
export const NATURES = {
  schoolOrCollege: '技工院校（含职业院校）',
  trainingSchool: '培训学校',
  stateOwned: '国有企业',
  private: '民营企业',
} as const;
export const Nature = z.enum(['schoolOrCollege', 'trainingSchool', 'stateOwned', 'private']);
export type Nature = z.infer<typeof Nature>;

/**
 * 机构备案号: Y employer or S social organisation, 4 digits of the filing authority (0000 = the province),
 * 2 digits of the province, 6 of a serial whose inner form each province decides. The whole string is the key.
 */
export const FilingNumber = z
  .string()
  .check(z.regex(/^[YS]\d{12}$/, '备案号应为字母 Y 或 S 加 12 位数字，共 13 位'));
export type FilingNumber = z.infer<typeof FilingNumber>;

/** In Anhui the serial often begins with the city's two digits; a mismatch is worth a warning, never a refusal. */
export function cityCodeDiffers(filingNumber: FilingNumber, cityCode: string): boolean {
  return cityCode !== '' && filingNumber.slice(7, 9) !== cityCode;
}

/** 备案期限: first and last month, both included. */
export const FilingTerm = z
  .strictObject({ from: Month, to: Month })
  .check(z.refine((term) => monthIndex(term.from) <= monthIndex(term.to), '备案期限的起始月份晚于终止月份'));
export type FilingTerm = z.infer<typeof FilingTerm>;

/** A filing normally runs 36 months. */
export function normalTerm(from: Month): FilingTerm {
  return { from, to: addMonths(from, 35) };
}

/** `2020.4-2023.3`. */
export function printedTerm(term: FilingTerm): string {
  const print = (month: Month) => `${month.slice(0, 4)}.${Number(month.slice(5))}`;
  return `${print(term.from)}-${print(term.to)}`;
}

/** 职业技能等级; the last three stand outside the five levels. */
export const LEVELS = ['五级', '四级', '三级', '二级', '一级', '学徒工', '特级技师', '首席技师'] as const;

/** 职业分类大典（2022）: the major class 大类 is the first digit of an occupation's code. */
export const MAJOR_CLASSES: Record<string, string> = {
  '1': '党的机关、国家机关、群众团体和社会组织、企事业单位负责人',
  '2': '专业技术人员',
  '3': '办事人员和有关人员',
  '4': '社会生产服务和生活服务人员',
  '5': '农、林、牧、渔业生产及辅助人员',
  '6': '生产制造及有关人员',
  '7': '军队人员',
  '8': '不便分类的其他从业人员',
};

/** 一、二、三次产业 as read from the major class. */
export function industryOf(majorClass: string): '第一产业' | '第二产业' | '第三产业' | undefined {
  if (majorClass === '5') return '第一产业';
  if (majorClass === '6') return '第二产业';
  return majorClass === '3' || majorClass === '4' ? '第三产业' : undefined;
}

export const Occupation = z.strictObject({
  /** `6-18-01-01`. */
  code: z.string().check(z.regex(/^[1-8]-\d{2}-\d{2}-\d{2}$/, '职业编码应为 6-18-01-01 形式')),
  name: Words,
  levels: z.array(z.enum(LEVELS)).check(z.minLength(1)),
});
export type Occupation = z.infer<typeof Occupation>;

export const Agency = z.strictObject({
  filingNumber: FilingNumber,
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  filingType: FilingType,
  nature: Nature,
  filingTerm: FilingTerm,
  county: z.string().check(z.maxLength(50)),
  occupations: z.array(Occupation),
  contact: z.strictObject({
    name: z.string().check(z.maxLength(50)),
    phone: z.string().check(z.maxLength(50)),
  }),
});
export type Agency = z.infer<typeof Agency>;

type Filing = Pick<Agency, 'filingType' | 'filingNumber'>;

/** 企业, 技工院校, 社评组织: the groups of an annex. */
export function byType(a: Filing, b: Filing): number {
  const order = Object.keys(FILING_TYPES);
  return order.indexOf(a.filingType) - order.indexOf(b.filingType);
}

/** The annex's order: 企业, 技工院校, 社评组织, then filing number. */
export function byTypeThenNumber(a: Filing, b: Filing): number {
  return byType(a, b) || (a.filingNumber < b.filingNumber ? -1 : 1);
}
