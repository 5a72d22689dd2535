import type { ReactNode } from 'react';

interface NoticeProps {
  tone: 'success' | 'warning' | 'error';
  title: ReactNode;
  /** What it means, or what to do next. */
  children?: ReactNode;
}

/** Says how something ended. The public's pages say it without the component library, which is most of its weight. */
export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <div className={`notice ${tone}`} role="alert">
      <p>{title}</p>
      {children}
    </div>
  );
}
