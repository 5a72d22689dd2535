import { lazy } from 'react';
import type { Place } from '../work/places.ts';

const roles = ['agency'] as const;

/** Pages of an agency's account. */
export const AGENCY_PLACES: readonly Place[] = [
  {
    path: '',
    title: '首页',
    roles,
    page: lazy(() => import('./start-page.tsx').then(({ StartPage: page }) => ({ default: page }))),
    inNavigation: false,
  },
  {
    path: 'years/:year',
    title: '年度评估',
    roles,
    page: lazy(() => import('./year-page.tsx').then(({ YearPage: page }) => ({ default: page }))),
    inNavigation: false,
  },
  {
    path: 'years/:year/form',
    title: '自评',
    roles,
    page: lazy(() => import('./form-page.tsx').then(({ FormPage: page }) => ({ default: page }))),
    inNavigation: false,
  },
  {
    path: 'years/:year/files',
    title: '佐证材料',
    roles,
    page: lazy(() => import('./files-page.tsx').then(({ FilesPage: page }) => ({ default: page }))),
    inNavigation: false,
  },
  {
    path: 'years/:year/rectification',
    title: '整改',
    roles,
    page: lazy(() =>
      import('./rectification-page.tsx').then(({ RectificationPage: page }) => ({ default: page })),
    ),
    inNavigation: false,
  },
  {
    path: 'history',
    title: '历年星级',
    roles,
    page: lazy(() => import('./history-page.tsx').then(({ HistoryPage: page }) => ({ default: page }))),
    inNavigation: true,
  },
];
