/** The portal's pages by their addresses. */
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { readConfig } from './config.ts';
import { PUBLIC_PLACES } from './public/places.ts';
import { PublicLayout } from './public/public-layout.tsx';
import { NotFoundPage } from './ui/not-found-page.tsx';
import { Reading } from './ui/show.tsx';
import './portal.css';

/** What only people with an account need is not loaded for the public. */
const WorkArea = lazy(() => import('./work/work-area.tsx').then(({ WorkArea: page }) => ({ default: page })));
const SignedInPage = lazy(() =>
  import('./work/signed-in-page.tsx').then(({ SignedInPage: page }) => ({ default: page })),
);

function Portal() {
  return (
    <StrictMode>
      <BrowserRouter>
        <Suspense fallback={<Reading />}>
          <Routes>
            <Route path="work/*" element={<WorkArea />} />
            <Route element={<PublicLayout />}>
              <Route path="signed-in" element={<SignedInPage />} />
              {PUBLIC_PLACES.map(({ path, page: Element }) =>
                path === '' ? (
                  <Route key={path} index element={<Element />} />
                ) : (
                  <Route key={path} path={path} element={<Element />} />
                ),
              )}
              <Route path="years/:year" element={<Navigate to="/" replace />} />
              <Route path="*" element={<NotFoundPage />} />
            </Route>
          </Routes>
        </Suspense>
      </BrowserRouter>
    </StrictMode>
  );
}

const root = document.getElementById('root');
if (root) {
  readConfig().then(
    () => createRoot(root).render(<Portal />),
    () => {
      root.textContent = '网站暂时无法打开，请检查网络后刷新页面。';
    },
  );
}
