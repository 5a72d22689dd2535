/** Pages of signed-in people: where each is, who may open it, and whether the navigation leads there. */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Role } from '../../../shared/domain/history.ts';
import { AGENCY_PLACES } from '../agency/places.ts';
import { STAFF_PLACES } from '../staff/places.ts';

export interface Place {
  /** Below `/work/`; empty: the start page of these roles. */
  path: string;
  title: string;
  roles: readonly Role[];
  /** Loaded when it is opened. */
  page: LazyExoticComponent<ComponentType>;
  inNavigation: boolean;
}

const EVERYBODY: readonly Role[] = ['agency', 'handler', 'inspector', 'approver', 'director', 'auditor'];

export const PLACES: readonly Place[] = [
  ...AGENCY_PLACES,
  ...STAFF_PLACES,
  {
    path: 'inbox',
    title: '消息',
    roles: EVERYBODY,
    page: lazy(() => import('./inbox-page.tsx').then((page) => ({ default: page.InboxPage }))),
    inNavigation: false,
  },
];

export const placesOf = (role: Role): Place[] => PLACES.filter(({ roles }) => roles.includes(role));

/** Places of others, so that an address that was passed on is told from one that does not exist. */
export const placesOfOthers = (role: Role): Place[] => PLACES.filter(({ roles }) => !roles.includes(role));
