import { Button, Modal } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { whenSignedOut } from '../session/api.ts';
import { roleTitle, usePerson } from '../session/person.ts';
import { signIn, signOut } from '../session/session.ts';
import { UnreadContext, useCountedUnread } from './inbox.ts';
import type { Place } from './places.ts';

/** What every page behind the login has around it: who is signed in, where they can go, and what is new. */
export function Shell({ places, children }: { places: readonly Place[]; children: ReactNode }) {
  const counted = useCountedUnread();
  const { pathname } = useLocation();
  // A new page begins at its top, as it would without scripts.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what this waits for
  useEffect(() => {
    // Browsers answer this with a promise of late, which is no clean-up.
    window.scrollTo(0, 0);
  }, [pathname]);
  return (
    <UnreadContext value={counted}>
      <a className="skip" href="#content">
        跳到正文
      </a>
      <header className="masthead">
        <div className="measure">
          <Link to="/work" className="brand">
            <img src="/star.svg" alt="" width="32" height="32" />
            <span>星评</span>
            <small>工作台</small>
          </Link>
          <Account unread={counted.unread} />
        </div>
        <div className="subhead">
          <nav aria-label="主导航" className="measure">
            <NavLink to="/work" end>
              首页
            </NavLink>
            {places
              .filter(({ inNavigation }) => inNavigation)
              .map(({ path, title }) => (
                <NavLink key={path} to={`/work/${path}`}>
                  {title}
                </NavLink>
              ))}
            <Link to="/">公告公示</Link>
          </nav>
        </div>
      </header>
      <main id="content" className="measure work" tabIndex={-1}>
        {children}
      </main>
      <footer>
        <div className="measure">办理过程均有签名记录。请勿与他人共用账号，离开时请退出登录。</div>
      </footer>
      <SignInAgain />
    </UnreadContext>
  );
}

function Account({ unread }: { unread: number }) {
  const { name, role } = usePerson();
  const [leaving, setLeaving] = useState(false);
  const leave = () => {
    setLeaving(true);
    signOut().catch(() => setLeaving(false));
  };
  return (
    <div className="account">
      <p>
        <b>{name}</b>
        <span>{roleTitle(role)}</span>
      </p>
      <Link to="/work/inbox" className="bell">
        消息
        {unread > 0 && <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>}
        <span className="hidden">{unread > 0 ? `，${unread} 条未读` : '，没有未读'}</span>
      </Link>
      <Button className="leave" ghost size="small" loading={leaving} onClick={leave}>
        退出登录
      </Button>
    </div>
  );
}

/** An ended session stops nobody's typing: what is on the page stays there and, where it is a draft, on this machine. */
function SignInAgain() {
  const [ended, setEnded] = useState(false);
  useEffect(() => whenSignedOut(() => setEnded(true)), []);
  return (
    <Modal
      open={ended}
      title="登录已过期"
      okText="重新登录"
      cancelText="稍后再登录"
      onOk={() => signIn()}
      onCancel={() => setEnded(false)}
    >
      <p>
        为保证安全，登录在一段时间后自动失效。没有保存到服务器的草稿已暂存在本机，重新登录后回到当前页面继续填写。
      </p>
    </Modal>
  );
}
