/** The sample's registry: as untidy as real workbooks are, and still without a doubt about what it means. */
import type { SheetData } from 'write-excel-file/node';
import { type FilingType, type Nature, normalTerm, printedTerm } from '../../shared/domain/agency.ts';
import { EXCLUDED, type SampleAgency } from './sample-agencies.ts';

const HEADER = [
  '序号',
  '单位名称',
  '备案期限',
  '类别',
  '备案编号',
  '所属县区',
  '机构性质',
  '联系电话',
  '联系人',
  '职业（工种）',
  '备注',
];

/** Filing numbers and terms in the notations of different clerks. */
const NUMBERS: Record<string, string> = {
  Y000034040003: 'y000034040003',
  Y000034040005: 'Ｙ０００034040005',
  S000034040006: 'S 0000 34 040006',
  S000034040017: '  S000034040017 ',
};
const TERMS: Record<string, string | number | Date> = {
  Y000034040003: '2020年4月至2023年3月',
  Y000034040005: '2020-08~2023-07',
  Y000034040902: '２０２０．１０－２０２３．９',
  Y000034040903: '自2020年11月起三年',
  S000034040005: '2020/7—2023/6',
  S000034040006: '2020年07月 - 2023年06月',
  S000034010012: new Date(Date.UTC(2021, 2, 1)),
  // 2021-03-01 as the number of a day.
  S000034040017: 44256,
};
const TYPE_WORDS: Record<FilingType, readonly string[]> = {
  enterprise: ['企业', '用人单位'],
  technicalSchool: ['技工院校', '技工学校'],
  socialOrganisation: ['社评组织', '社会评价组织', '社评组织 '],
};
const NATURE_WORDS: Record<Nature, readonly string[]> = {
  schoolOrCollege: ['技工院校（含职业院校）', '职业院校', '技工院校(含职业院校)'],
  trainingSchool: ['培训学校', '职业培训学校'],
  stateOwned: ['国有企业', '国企'],
  private: ['民营企业', '民企'],
};

/** Rows of the sheet 名册: a title, a blank row, the header, the list, one agency twice, a total. */
export function registrySheet(participants: readonly SampleAgency[]): SheetData {
  const agencies = [...EXCLUDED.slice(0, 4), ...participants, ...EXCLUDED.slice(4)];
  const twice = participants[1];
  const listed = twice ? [...agencies, twice] : agencies;
  return [
    [{ value: '淮南市技能人才评价机构备案名册（样例数据）', fontWeight: 'bold' }],
    [],
    HEADER.map((value) => ({ value, fontWeight: 'bold' as const })),
    ...listed.map((agency, index) => agencyRow(agency, index)),
    [],
    [null, { value: '合计' }, null, null, { value: `${agencies.length}家` }],
    [null, { value: '填表人：张样例' }],
  ];
}

function agencyRow(agency: SampleAgency, index: number): SheetData[number] {
  const { filingNumber, name, filingType, nature, from, to, county, occupations, person } = agency;
  const pick = (words: readonly string[]) => words[index % words.length] ?? '';
  const phone = 5_540_000 + Number(filingNumber.slice(-4));
  return [
    { value: index + 1, type: Number },
    { value: filingNumber === 'S000034010012' ? ` ${name}` : name },
    termCell(to ? printedTerm({ from, to }) : (TERMS[filingNumber] ?? printedTerm(normalTerm(from)))),
    { value: pick(TYPE_WORDS[filingType]) },
    { value: NUMBERS[filingNumber] ?? filingNumber },
    { value: county },
    { value: pick(NATURE_WORDS[nature]) },
    { value: phone, type: Number },
    { value: person },
    { value: occupations },
    { value: '' },
  ];
}

function termCell(term: string | number | Date): SheetData[number][number] {
  if (term instanceof Date) return { value: term, type: Date, format: 'yyyy-mm-dd' };
  return typeof term === 'number' ? { value: term, type: Number } : { value: term };
}
