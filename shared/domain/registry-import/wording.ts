/** 备案类型 and 机构性质 in the words people use. A word that may mean two things is refused. */
import { FILING_TYPES, type FilingType, NATURES, type Nature } from '../agency.ts';
import type { CellValue } from './table.ts';
import type { Read } from './term.ts';
import { compact, quoted } from './text.ts';

const TYPE_WORDS: Record<FilingType, readonly string[]> = {
  enterprise: ['企业', '用人单位', '企业类', '自主评价企业', '企业自主评价'],
  technicalSchool: ['技工院校', '技工学校', '技师学院', '技工院校类'],
  socialOrganisation: ['社评组织', '社会评价组织', '社会培训评价组织', '社会组织', '社评', '社会评价机构'],
};

const NATURE_WORDS: Record<Nature, readonly string[]> = {
  schoolOrCollege: [
    ...['技工院校(含职业院校)', '技工院校', '技工学校', '技师学院', '职业院校', '高职院校', '中职学校'],
    ...['职业技术学院', '高等职业院校', '中等职业学校'],
  ],
  trainingSchool: ['培训学校', '职业培训学校', '民办培训学校', '职业技能培训学校', '培训机构'],
  stateOwned: ['国有企业', '国企', '国有', '央企', '中央企业'],
  private: ['民营企业', '民企', '民营', '私营企业', '私企'],
};

function reader<K extends string>(
  titles: Record<K, string>,
  words: Record<K, readonly string[]>,
  field: string,
) {
  const keys = Object.keys(titles) as K[];
  const byWord = new Map(keys.flatMap((key) => words[key].map((word) => [compact(word), key] as const)));
  const allowed = keys.map((key) => titles[key]).join('、');
  return (value: CellValue): Read<K> => {
    const found = byWord.get(compact(value));
    if (found) return { value: found };
    const said = compact(value) === '' ? `缺少${field}` : `无法确定${field}${quoted(value)}`;
    return { error: `${said}，可填：${allowed}` };
  };
}

export const readFilingType = reader(FILING_TYPES, TYPE_WORDS, '备案类型');
export const readNature = reader(NATURES, NATURE_WORDS, '机构性质');
