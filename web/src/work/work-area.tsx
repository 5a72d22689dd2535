/** Everything behind the login: first who is signed in, then their pages in the shell. */
import { ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { Person } from '../../../shared/domain/person.ts';
import { api } from '../session/api.ts';
import { PersonContext, roleTitle } from '../session/person.ts';
import { SignedOut, signIn } from '../session/session.ts';
import { useLoaded } from '../ui/loading.ts';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { Page } from '../ui/page.tsx';
import { Reading, Show } from '../ui/show.tsx';
import { placesOf, placesOfOthers } from './places.ts';
import { Shell } from './shell.tsx';
import './work.css';

const LOOK = { colorPrimary: '#a61b29', colorLink: '#8c1622', borderRadius: 4, fontSize: 16 };
/** Nothing grows or glides: a press on a button that is still moving is lost, and the decision with it. */
const THEME = { token: { ...LOOK, motion: false } };

const whoAmI = () =>
  api.get('/me', Person).catch(async (error: unknown) => {
    if (!(error instanceof SignedOut)) throw error;
    await signIn();
    return undefined;
  });

export function WorkArea() {
  const me = useLoaded('me', whoAmI);
  return (
    <Show of={me}>
      {(person) =>
        person ? (
          <ConfigProvider locale={zhCN} theme={THEME} button={{ autoInsertSpace: false }}>
            <PersonContext value={person}>
              <Pages role={person.role} />
            </PersonContext>
          </ConfigProvider>
        ) : (
          <Leaving />
        )
      }
    </Show>
  );
}

function Pages({ role }: Pick<Person, 'role'>) {
  const places = placesOf(role);
  return (
    <Shell places={places}>
      <Suspense fallback={<Reading />}>
        <Routes>
          {places.map(({ path, page: Element }) =>
            path === '' ? (
              <Route key={path} index element={<Element />} />
            ) : (
              <Route key={path} path={path} element={<Element />} />
            ),
          )}
          {placesOfOthers(role)
            .filter(({ path }) => places.every((own) => own.path !== path))
            .map(({ path }) => (
              <Route key={path} path={path} element={<NotYoursPage role={role} />} />
            ))}
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </Suspense>
    </Shell>
  );
}

function NotYoursPage({ role }: Pick<Person, 'role'>) {
  return (
    <Page
      title="不能打开这个页面"
      lead={`您的角色（${roleTitle(role)}）没有这个页面的权限。需要办理时，请联系相应岗位的人员。`}
    >
      {null}
    </Page>
  );
}

function Leaving() {
  return (
    <main className="waiting" role="status">
      正在转到登录页面……
    </main>
  );
}
