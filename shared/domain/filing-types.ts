/** 备案类型, in the order in which annexes list them. */
export const FILING_TYPES = {
  enterprise: '企业',
  technicalSchool: '技工院校',
  socialOrganisation: '社评组织',
} as const;
export type FilingType = keyof typeof FILING_TYPES;
