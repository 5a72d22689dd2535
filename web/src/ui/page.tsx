import { type ReactNode, useEffect } from 'react';

/** A page's heading, and the browser's title with it. */
export function Page({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · 星评`;
  }, [title]);
  return (
    <>
      <h1>{title}</h1>
      {lead && <p className="lead">{lead}</p>}
      {children}
    </>
  );
}

/** Nothing to show, and why. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>;
}

/** Said wherever the data are samples. */
export function SampleMark() {
  return <p className="sample">样例数据：各项事实均为虚构，不代表真实评估</p>;
}
