/** A stored file as it looks, beside what it stands for: pictures and PDF in the page, anything else to be saved. */
import { Alert, Modal } from 'antd';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { api } from '../session/api.ts';
import { printedDate } from './dates.ts';
import { useLoaded } from './loading.ts';
import { Reading, Show } from './show.tsx';

/** Loaded with the first PDF that somebody looks at. */
const PdfPages = lazy(() => import('./pdf-pages.tsx').then(({ PdfPages: pages }) => ({ default: pages })));

const StoredFile = z.looseObject({
  url: z.string(),
  contentType: z.string(),
  size: z.int(),
  sha256: z.string(),
  effectiveOn: z.nullish(z.string()),
  scan: z.nullable(z.enum(['clean', 'notScanned'])),
});

const SHOWN = ['application/pdf', 'image/jpeg', 'image/png'];

async function readFile(path: string) {
  const about = await api.get(path, StoredFile);
  if (!SHOWN.includes(about.contentType)) return { about, content: undefined };
  const response = await fetch(about.url).catch(() => undefined);
  if (!response?.ok) throw new Error('文件暂时读不到，请稍后重试');
  return { about, content: await response.blob() };
}

/** @param path the API's route of the file */
export function FilePreview(props: { path: string; fileName: string; onClose: () => void }) {
  const { path, fileName, onClose } = props;
  const load = useCallback(() => readFile(path), [path]);
  const file = useLoaded(path, load);
  return (
    <Modal
      open
      title={fileName}
      footer={null}
      width="min(60rem, 96vw)"
      onCancel={onClose}
      className="preview"
    >
      <Show of={file}>
        {({ about, content }) => (
          <>
            {about.scan === 'notScanned' && (
              <Alert type="warning" showIcon title="系统没有设置病毒查杀，该文件未经查毒，打开前请留意" />
            )}
            {content ? (
              <Suspense fallback={<Reading />}>
                {content.type === 'application/pdf' || about.contentType === 'application/pdf' ? (
                  <PdfPages content={content} />
                ) : (
                  <Picture content={content} name={fileName} />
                )}
              </Suspense>
            ) : (
              <p>这种文件不能在网页中显示。</p>
            )}
            <dl className="facts">
              <div>
                <dt>摘要（SHA-256）</dt>
                <dd className="code">{about.sha256}</dd>
              </div>
              <div>
                <dt>形成日期</dt>
                <dd>{printedDate(about.effectiveOn)}</dd>
              </div>
            </dl>
            <p>
              <a href={about.url} rel="noreferrer">
                下载到本机
              </a>
            </p>
          </>
        )}
      </Show>
    </Modal>
  );
}

function Picture({ content, name }: { content: Blob; name: string }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(content);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  return address ? <img src={address} alt={name} className="picture" /> : null;
}
