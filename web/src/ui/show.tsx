import type { ReactNode } from 'react';
import type { Loaded } from './loading.ts';
import { Notice } from './notice.tsx';

/** What a page shows while something is loaded, when it is there, and when it could not be had. */
export function Show<T>({ of, children }: { of: Loaded<T>; children: (value: T) => ReactNode }) {
  switch (of.state) {
    case 'loading':
      return <Reading />;
    case 'failed':
      return (
        <Notice tone="error" title={of.message}>
          <button type="button" className="push" onClick={of.retry}>
            重试
          </button>
        </Notice>
      );
    case 'ready':
      return <>{children(of.value)}</>;
  }
}

/** While a page or its contents are on their way. */
export function Reading() {
  return (
    <p className="waiting" role="status">
      正在读取……
    </p>
  );
}
