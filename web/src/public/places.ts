/** The public's pages: where each is and what it is called. */
import { type ComponentType, lazy } from 'react';
import { CheckDocumentPage } from './check-document-page.tsx';
import { DrawPage } from './draw-page.tsx';
import { HomePage } from './home-page.tsx';
import { PublicationPage } from './publication-page.tsx';
import { StarsPage } from './stars-page.tsx';

interface PublicPlace {
  /** From the site's root; empty: the first page. */
  path: string;
  /** In the navigation; without one, no link of it leads there. */
  title?: string;
  page: ComponentType;
}

export const PUBLIC_PLACES: readonly PublicPlace[] = [
  { path: '', title: '公告公示', page: HomePage },
  { path: 'stars', title: '星级名单', page: StarsPage },
  {
    path: 'draw',
    title: '抽签复核',
    page: DrawPage,
  },
  { path: 'check', title: '文件核验', page: CheckDocumentPage },
  {
    path: 'complaint',
    title: '投诉',
    page: lazy(() => import('./complaint-page.tsx').then((page) => ({ default: page.ComplaintPage }))),
  },
  {
    path: 'complaint/state',
    page: lazy(() =>
      import('./complaint-state-page.tsx').then((page) => ({ default: page.ComplaintStatePage })),
    ),
  },
  { path: 'years/:year/:publication', page: PublicationPage },
];
