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
];
