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
    path: '',
    title: '首页',
    roles: ['inspector'],
    page: lazy(() => import('./visits-page.tsx').then((page) => ({ default: page.VisitsPage }))),
    inNavigation: false,
  },
  {
    path: 'visits/:year/:filingNumber',
    title: '现场检查',
    roles: ['inspector'],
    page: lazy(() => import('./visit-page.tsx').then((page) => ({ default: page.VisitPage }))),
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
    path: 'draw',
    title: '抽签复核',
    roles: STAFF,
    page: lazy(() => import('./draw-page.tsx').then((page) => ({ default: page.StaffDrawPage }))),
    inNavigation: true,
  },
  {
    path: 'moderation',
    title: '尺度分析',
    roles: STAFF,
    page: lazy(() => import('./moderation-page.tsx').then((page) => ({ default: page.ModerationPage }))),
    inNavigation: true,
  },
  {
    path: 'circular',
    title: '通报文稿',
    roles: STAFF,
    page: lazy(() => import('./circular-page.tsx').then((page) => ({ default: page.CircularPage }))),
    inNavigation: true,
  },
  {
    path: 'rectifications',
    title: '整改',
    roles: STAFF,
    page: lazy(() =>
      import('./rectifications-page.tsx').then((page) => ({ default: page.RectificationsPage })),
    ),
    inNavigation: true,
  },
  {
    path: 'rectifications/:year/:filingNumber',
    title: '整改',
    roles: STAFF,
    page: lazy(() =>
      import('./rectification-page.tsx').then((page) => ({ default: page.StaffRectificationPage })),
    ),
    inNavigation: false,
  },
  {
    path: 'rechecks/:year/:filingNumber',
    title: '整改复查',
    roles: ['inspector'],
    page: lazy(() => import('./recheck-page.tsx').then((page) => ({ default: page.RecheckPage }))),
    inNavigation: false,
  },
  {
    path: 'corrections',
    title: '更正撤销',
    roles: STAFF,
    page: lazy(() => import('./corrections-page.tsx').then((page) => ({ default: page.CorrectionsPage }))),
    inNavigation: true,
  },
  {
    path: 'complaints',
    title: '投诉办理',
    roles: STAFF,
    page: lazy(() => import('./complaints-page.tsx').then((page) => ({ default: page.ComplaintsPage }))),
    inNavigation: true,
  },
  {
    path: 'complaints/:number',
    title: '投诉办理',
    roles: STAFF,
    page: lazy(() => import('./complaint-page.tsx').then((page) => ({ default: page.ComplaintPage }))),
    inNavigation: false,
  },
  {
    path: 'registry',
    title: '机构名册',
    roles: STAFF,
    page: lazy(() => import('./registry-page.tsx').then((page) => ({ default: page.RegistryPage }))),
    inNavigation: true,
  },
  {
    path: 'settings',
    title: '评估设置',
    roles: STAFF,
    page: lazy(() => import('./settings-page.tsx').then((page) => ({ default: page.SettingsPage }))),
    inNavigation: true,
  },
  {
    path: 'gates/:year/:gate',
    title: '办理审批',
    roles: STAFF,
    page: lazy(() => import('./gate-page.tsx').then((page) => ({ default: page.GatePage }))),
    inNavigation: false,
  },
];
