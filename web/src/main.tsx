/** The portal's pages by their addresses. Each area is loaded when it is opened. */
import { ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { CheckDocumentPage } from './public/check-document-page.tsx';
import { DrawPage } from './public/draw-page.tsx';
import { HomePage } from './public/home-page.tsx';
import { PublicLayout } from './public/public-layout.tsx';
import { PublicationPage } from './public/publication-page.tsx';
import { StarsPage } from './public/stars-page.tsx';
import { NotFoundPage } from './ui/not-found-page.tsx';
import './portal.css';

const THEME = { token: { colorPrimary: '#a61b29', colorLink: '#8c1622', borderRadius: 4, fontSize: 16 } };

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ConfigProvider locale={zhCN} theme={THEME}>
        <BrowserRouter>
          <Routes>
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
        </BrowserRouter>
      </ConfigProvider>
    </StrictMode>,
  );
}
