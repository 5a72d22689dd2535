/** Which pages are shown in the docs, as whom, and what is done on them before the picture is taken. */
import type { Page } from 'playwright-core';

export interface Picture {
  /** The file's name. */
  name: string;
  /** Absent: anybody. */
  account?: string;
  path: string;
  width?: number;
  height?: number;
  prepare?: (page: Page) => Promise<void>;
}

/** At its form of 2023. */
const AGENCY = 'S000034040016';
const WITH_SCORE = 'S000034040006';
/** Drawn for a visit in 2022. */
const INSPECTED = 'Y000034040901';

export const PICTURES: readonly Picture[] = [
  { name: 'public-home', path: '/' },
  {
    name: 'public-stars',
    path: '/stars',
    prepare: (page) => page.getByRole('heading', { name: '历年变化' }).scrollIntoViewIfNeeded(),
  },
  {
    name: 'public-draw',
    path: '/draw',
    prepare: (page) => page.getByRole('button', { name: '在本机重新计算' }).click(),
  },
  { name: 'public-correction', path: '/years/2022/circular' },
  { name: 'agency-start', account: AGENCY, path: '/work' },
  {
    name: 'agency-form',
    account: AGENCY,
    path: '/work/years/2023/form?part=A',
    height: 900,
    async prepare(page) {
      await page.locator('#A2 input.number').first().fill('9');
      await page.getByText(/^已保存/).waitFor();
    },
  },
  { name: 'agency-phone', account: WITH_SCORE, path: '/work/years/2022', width: 360, height: 740 },
  { name: 'staff-start', account: 'handler-1', path: '/work', height: 900 },
  {
    name: 'staff-dossier',
    account: 'handler-1',
    path: `/work/dossiers/2022/${INSPECTED}`,
    height: 900,
    prepare: (page) => page.locator('#item-A1').scrollIntoViewIfNeeded(),
  },
  { name: 'staff-rectifications', account: 'handler-1', path: '/work/rectifications?year=2022' },
  { name: 'staff-circular', account: 'handler-1', path: '/work/circular?year=2022', height: 900 },
  {
    name: 'staff-rubric',
    account: 'handler-1',
    path: '/work/settings?year=2022',
    height: 900,
    async prepare(page) {
      await page.getByText(/^A 计划实施/).click();
      await page.getByText('试算 A2').click();
      await page.getByLabel('A2 名称').scrollIntoViewIfNeeded();
    },
  },
];
