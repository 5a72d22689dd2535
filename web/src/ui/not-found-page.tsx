import { Link } from 'react-router';
import { Page } from './page.tsx';

export function NotFoundPage() {
  return (
    <Page title="没有这个页面" lead="地址可能有误，或者内容尚未公布。">
      <p>
        <Link to="/">返回首页</Link>
      </p>
    </Page>
  );
}
