import { useEffect, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { takeAnswer } from '../session/session.ts';
import { Page } from '../ui/page.tsx';

/** Where the issuer sends people back to; from here they go where they wanted. */
export function SignedInPage() {
  const [failed, setFailed] = useState(false);
  const navigate = useNavigate();
  useEffect(() => {
    takeAnswer().then(
      (address) => navigate(address, { replace: true }),
      () => setFailed(true),
    );
  }, [navigate]);
  return failed ? (
    <Page title="登录没有完成" lead="登录页面可能停留过久，或者被中途关闭。没有办理任何事项，请重新登录。">
      <Link to="/work">重新登录</Link>
    </Page>
  ) : (
    <p className="waiting" role="status">
      正在登录……
    </p>
  );
}
