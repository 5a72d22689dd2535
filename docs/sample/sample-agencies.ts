/**
 * The sample's agencies. Names, filing numbers and terms of the first eight are those of a published circular; their
 * natures, occupations, contacts and all facts are invented for the sample, and so is everything about the others.
 */
import type { FilingType, Nature } from '../../shared/domain/agency.ts';

export interface SampleAgency {
  filingNumber: string;
  name: string;
  filingType: FilingType;
  nature: Nature;
  from: string;
  /** The last month, where the filing was extended. */
  to?: string;
  county: string;
  /** As the cell of the workbook says it. */
  occupations: string;
  person: string;
}

const filed = (
  filingNumber: string,
  name: string,
  filingType: FilingType,
  nature: Nature,
  from: string,
  county: string,
  occupations: string,
  person: string,
): SampleAgency => ({ filingNumber, name, filingType, nature, from, county, occupations, person });

const ELECTRICIAN = '6-31-01-03 电工（五级、四级、三级）';
const WELDER = '6-18-02-04 焊工（五级、四级、三级）';
const TURNER = '6-18-01-01 车工（五级、四级、三级、二级）';
const COOK = '4-03-02-01 中式烹调师（五级-三级）';
const PASTRY = '4-03-02-02 中式面点师（五级-三级）';
const TEA = '4-03-02-07 茶艺师（五级、四级、三级）';
const BABY = '4-10-01-02 育婴员（五级、四级、三级）';
const CARE = '4-10-01-05 养老护理员（五级、四级、三级）';
const COMMERCE = '4-01-06-01 电子商务师（四级、三级）';
const SECRETARY = '3-01-02-02 秘书（四级、三级）';
const FIRE = '3-02-03-01 消防员（五级、四级）';
const GARDENER = '5-02-03-04 护林员（五级、四级）';

export const PARTICIPANTS: readonly SampleAgency[] = [
  filed(
    'Y000034040002',
    '中煤新集能源股份有限公司',
    'enterprise',
    'stateOwned',
    '2020-04',
    '凤台县',
    [
      ELECTRICIAN,
      WELDER,
      '6-16-01-02 矿井开掘工（五级、四级、三级）',
      '6-16-01-05 矿山救护工（五级-三级）',
    ].join('；'),
    '张样例',
  ),
  filed(
    'Y000034040003',
    '淮南市饮食服务公司',
    'enterprise',
    'stateOwned',
    '2020-04',
    '田家庵区',
    [COOK, PASTRY, '4-03-02-05 餐厅服务员（五级、四级）'].join('；'),
    '李样例',
  ),
  filed(
    'Y000034040005',
    '淮南东辰集团有限责任公司',
    'enterprise',
    'private',
    '2020-08',
    '大通区',
    [ELECTRICIAN, WELDER, TURNER].join('；'),
    '王样例',
  ),
  filed(
    'Y000034040901',
    '样例甲机械厂（虚构）',
    'enterprise',
    'stateOwned',
    '2020-09',
    '八公山区',
    [TURNER, WELDER].join('；'),
    '赵样例',
  ),
  filed(
    'Y000034040902',
    '样例乙化工公司（虚构）',
    'enterprise',
    'stateOwned',
    '2020-10',
    '潘集区',
    [ELECTRICIAN, FIRE].join('；'),
    '钱样例',
  ),
  filed(
    'Y000034040903',
    '样例丙商贸公司（虚构）',
    'enterprise',
    'private',
    '2020-11',
    '田家庵区',
    [COMMERCE].join('；'),
    '孙样例',
  ),
  filed(
    'S000034040005',
    '寿县技工学校',
    'technicalSchool',
    'schoolOrCollege',
    '2020-07',
    '寿县',
    [ELECTRICIAN, COOK, GARDENER].join('；'),
    '周样例',
  ),
  filed(
    'S000034040006',
    '安徽机械技师学院',
    'technicalSchool',
    'schoolOrCollege',
    '2020-07',
    '田家庵区',
    [TURNER, WELDER, ELECTRICIAN, '6-18-01-07 铣工（五级-二级）', COMMERCE].join('；'),
    '吴样例',
  ),
  filed(
    'S000034040904',
    '样例丁技工学校（虚构）',
    'technicalSchool',
    'schoolOrCollege',
    '2020-12',
    '谢家集区',
    [ELECTRICIAN, SECRETARY].join('；'),
    '郑样例',
  ),
  filed(
    'S000034010012',
    '淮南联合大学',
    'socialOrganisation',
    'schoolOrCollege',
    '2021-03',
    '田家庵区',
    [COMMERCE, SECRETARY, CARE, ELECTRICIAN].join('；'),
    '冯样例',
  ),
  filed(
    'S000034040016',
    '淮南市博通职业培训学校',
    'socialOrganisation',
    'trainingSchool',
    '2021-03',
    '田家庵区',
    [BABY, CARE, PASTRY, COMMERCE].join('；'),
    '陈样例',
  ),
  filed(
    'S000034040017',
    '淮南市栝翠祥茶艺职业培训学校',
    'socialOrganisation',
    'trainingSchool',
    '2021-03',
    '田家庵区',
    [TEA, PASTRY].join('；'),
    '褚样例',
  ),
  filed(
    'S000034040905',
    '样例戊职业培训学校（虚构）',
    'socialOrganisation',
    'trainingSchool',
    '2021-01',
    '潘集区',
    [COOK, BABY].join('；'),
    '卫样例',
  ),
];

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** Left out of the year: assessed by the provincial centre. */
export const EXCLUDED: readonly SampleAgency[] = NUMERALS.map((numeral, index) =>
  filed(
    `S0000340409${index + 11}`,
    `样例社评组织${numeral}（虚构）`,
    'socialOrganisation',
    index < 8 ? 'trainingSchool' : 'private',
    '2020-06',
    ['田家庵区', '大通区', '谢家集区', '寿县', '凤台县'][index % 5] ?? '',
    [COOK, TEA, BABY, CARE][index % 4] ?? COOK,
    '蒋样例',
  ),
);
