import { lazy } from 'react';
import type { Role } from '../../../shared/domain/history.ts';
import type { Place } from '../work/places.ts';

const STAFF: readonly Role[] = ['handler', 'approver', 'director', 'auditor'];

/** Pages of the centre's staff, of inspectors and of the auditor. */
export const STAFF_PLACES: readonly Place[] = [
  {
    path: '',
    title: '首页',
    roles: STAFF,
    page: lazy(() => import('./start-page.tsx').then((page) => ({ default: page.StaffStartPage }))),
    inNavigation: false,
  },
  {
    path: 'dossiers',
    title: '评估档案',
    roles: STAFF,
    page: lazy(() => import('./dossiers-page.tsx').then((page) => ({ default: page.DossiersPage }))),
    inNavigation: true,
  },
  {
    path: 'dossiers/:year/:filingNumber',
    title: '评估档案',
    roles: STAFF,
    page: lazy(() => import('./dossier-page.tsx').then((page) => ({ default: page.DossierPage }))),
    inNavigation: false,
  },
  {
    path: 'gates/:year/:gate',
    title: '办理审批',
    roles: STAFF,
    page: lazy(() => import('./gate-page.tsx').then((page) => ({ default: page.GatePage }))),
    inNavigation: false,
  },
];
