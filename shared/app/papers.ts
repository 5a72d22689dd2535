/** Where each agency's papers lie in a year's archive, and what files are called by those who download them. */
import { archivePrefix } from './snapshots.ts';

/** Folders of the archive with one file an agency. */
export const PAPERS = { 'score-sheets': '评分表', rectifications: '整改通知书' } as const;
export type PaperFolder = keyof typeof PAPERS;

export const paperStem = (year: number, folder: PaperFolder, filingNumber: string) =>
  `${archivePrefix(year)}${folder}/${filingNumber}`;

const FILES: Record<string, string> = {
  notice: '评估通知',
  plan: '抽查方案',
  announcement: '拟定星级公示',
  circular: '评估通报',
  results: '评估结果',
};

/** `2021年度评估通报.pdf`, `2021年度评分表 S000034040016.xlsx`; undefined for what is read by programs. */
export function downloadName(key: string, year: number): string | undefined {
  const [folder = '', file = ''] = key.split('/').slice(-2);
  const [name = '', extension = ''] = file.split('.');
  const paper = folder in PAPERS ? PAPERS[folder as PaperFolder] : undefined;
  if (paper) return `${year}年度${paper} ${name}.${extension}`;
  const title = FILES[name];
  return title && extension !== 'json' ? `${year}年度${title}.${extension}` : undefined;
}
