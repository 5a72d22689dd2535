/** The portal's pages by their addresses. Each area is loaded when it is opened. */
import { ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { readConfig } from './config.ts';
import { CheckDocumentPage } from './public/check-document-page.tsx';
import { DrawPage } from './public/draw-page.tsx';
import { HomePage } from './public/home-page.tsx';
import { PublicLayout } from './public/public-layout.tsx';
import { PublicationPage } from './public/publication-page.tsx';
import { StarsPage } from './public/stars-page.tsx';
import { NotFoundPage } from './ui/not-found-page.tsx';
import './portal.css';

const THEME = { token: { colorPrimary: '#a61b29', colorLink: '#8c1622', borderRadius: 4, fontSize: 16 } };

/** What only people with an account need is not loaded for the public. */
const WorkArea = lazy(() => import('./work/work-area.tsx').then(({ WorkArea: page }) => ({ default: page })));
const SignedInPage = lazy(() =>
  import('./work/signed-in-page.tsx').then(({ SignedInPage: page }) => ({ default: page })),
);

function Portal() {
  return (
    <StrictMode>
      <ConfigProvider locale={zhCN} theme={THEME} button={{ autoInsertSpace: false }}>
        <BrowserRouter>
          <Suspense fallback={<p className="waiting">正在打开……</p>}>
            <Routes>
              <Route path="work/*" element={<WorkArea />} />
              <Route path="signed-in" element={<SignedInPage />} />
              <Route element={<PublicLayout />}>
                <Route index element={<HomePage />} />
                <Route path="stars" element={<StarsPage />} />
                <Route path="draw" element={<DrawPage />} />
                <Route path="check" element={<CheckDocumentPage />} />
                <Route path="years/:year" element={<Navigate to="/" replace />} />
                <Route path="years/:year/:publication" element={<PublicationPage />} />
                <Route path="*" element={<NotFoundPage />} />
              </Route>
            </Routes>
          </Suspense>
        </BrowserRouter>
      </ConfigProvider>
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
