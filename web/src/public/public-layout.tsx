import { Suspense } from 'react';
import { NavLink, Outlet } from 'react-router';
import { Reading } from '../ui/show.tsx';
import { PUBLIC_PLACES } from './places.ts';

/** What every public page has around it: nothing here needs an account. */
export function PublicLayout() {
  return (
    <>
      <a className="skip" href="#content">
        跳到正文
      </a>
      <header className="masthead">
        <div className="measure">
          <p className="brand">
            <img src="/star.svg" alt="" width="32" height="32" />
            <span>星评</span>
            <small>技能人才评价机构年度评估</small>
          </p>
          <nav aria-label="主导航">
            {PUBLIC_PLACES.filter(({ title }) => title).map(({ path, title }) => (
              <NavLink key={path} to={`/${path}`} end={path === ''}>
                {title}
              </NavLink>
            ))}
            <NavLink to="/work" className="enter">
              登录
            </NavLink>
          </nav>
        </div>
      </header>
      <main id="content" className="measure" tabIndex={-1}>
        <Suspense fallback={<Reading />}>
          <Outlet />
        </Suspense>
      </main>
      <footer>
        <div className="measure">本站只展示已经公布的文件。公布后的文件不再修改，任何人都可以核验。</div>
      </footer>
    </>
  );
}
