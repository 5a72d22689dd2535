import { Alert, Button, Spin } from 'antd';
import type { ReactNode } from 'react';
import type { Loaded } from './loading.ts';

/** What a page shows while something is loaded, when it is there, and when it could not be had. */
export function Show<T>({ of, children }: { of: Loaded<T>; children: (value: T) => ReactNode }) {
  switch (of.state) {
    case 'loading':
      return (
        <div className="waiting" role="status" aria-label="正在读取">
          <Spin />
        </div>
      );
    case 'failed':
      return (
        <Alert
          type="error"
          showIcon
          title={of.message}
          action={
            <Button size="small" onClick={of.retry}>
              重试
            </Button>
          }
        />
      );
    case 'ready':
      return <>{children(of.value)}</>;
  }
}
