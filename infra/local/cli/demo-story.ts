/** What happens in the demo besides the sample years themselves. All of it is invented, and nobody real comes off badly by it. */
import type { AgencyChange } from '../../../shared/domain/correction.ts';
import type { Standing } from '../drive/under-way.ts';

/** Of those that failed in a year: who corrected everything and passed the re-check. */
export const RECTIFIED: Record<number, readonly string[]> = {
  2021: ['Y000034040901', 'S000034040904'],
  2022: ['S000034040016', 'S000034040905'],
};

/** A correction of the second year: one agency loses a star, one all of them, and is in rectification since. */
export const CORRECTED = {
  reason: '经核查有关记录，两家机构的部分事实与公布结果所依据的不符，予以更正（样例）',
  changes: [
    {
      kind: 'correct',
      filingNumber: 'Y000034040906',
      corrections: [
        {
          item: 'F1',
          facts: { kind: 'banded', values: { numerator: 56, denominator: 71 } },
          reason: '平台记录显示 15 本证书未按期办理（样例）',
        },
        {
          item: 'B3',
          facts: { kind: 'banded', values: { numerator: 4, denominator: 5 } },
          reason: '一个批次的结果没有公示（样例）',
        },
      ],
    },
    { kind: 'revoke', filingNumber: 'S000034040907', grounds: '查实部分批次考务记录不真实（样例）' },
  ],
  failed: 'S000034040907',
} satisfies { reason: string; changes: AgencyChange[]; failed: string };

/** The third year, at self-evaluation. */
export const STANDING: Standing = {
  filed: [
    'Y000034040002',
    'S000034040006',
    'S000034010012',
    'Y000034040906',
    'S000034040017',
    'Y000034040005',
    'S000034040904',
    'Y000034040003',
    'S000034040905',
    'Y000034040901',
  ],
  returned: { filingNumber: 'Y000034040906', reason: 'B1 公告率与平台批次对不上，请核对后重新提交（样例）' },
  begun: ['S000034040005', 'S000034040907', 'S000034040016'],
};
