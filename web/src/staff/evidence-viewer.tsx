import { Alert, Button } from 'antd';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import * as z from 'zod/mini';
import type { EvidenceRef } from '../../../shared/domain/facts.ts';
import { api } from '../session/api.ts';
import { printedDate } from '../ui/dates.ts';
import { useLoaded } from '../ui/loading.ts';
import { Reading, Show } from '../ui/show.tsx';

/** Loaded with the first PDF that somebody looks at. */
const PdfPages = lazy(() => import('../ui/pdf-pages.tsx').then((page) => ({ default: page.PdfPages })));

const StoredFile = z.looseObject({
  url: z.string(),
  contentType: z.string(),
  scan: z.nullable(z.string()),
});

async function readFile(path: string) {
  const about = await api.get(path, StoredFile);
  const isShown = about.contentType === 'application/pdf' || about.contentType.startsWith('image/');
  if (!isShown) return { about, content: undefined };
  const response = await fetch(about.url).catch(() => undefined);
  if (!response?.ok) throw new Error('文件暂时读不到，请稍后重试');
  return { about, content: await response.blob() };
}

interface EvidenceViewerProps {
  /** The dossier's route in the API. */
  dossier: string;
  file: EvidenceRef;
  onClose: () => void;
}

/** One file of an agency, beside the items that it stands for. The address of the file is good for minutes only. */
export function EvidenceViewer({ dossier, file, onClose }: EvidenceViewerProps) {
  const path = `${dossier}/uploads/${file.id}/file`;
  const loaded = useLoaded(
    path,
    useCallback(() => readFile(path), [path]),
  );
  return (
    <aside className="viewer" aria-label={`佐证材料：${file.fileName}`}>
      <div className="toolbar">
        <h2>{file.fileName}</h2>
        <Button onClick={onClose}>关闭</Button>
      </div>
      <Show of={loaded}>
        {({ about, content }) => (
          <>
            {about.scan === 'notScanned' && <Alert type="warning" showIcon title="该文件未经病毒查杀" />}
            {content ? (
              <Suspense fallback={<Reading />}>
                {about.contentType === 'application/pdf' ? (
                  <PdfPages content={content} />
                ) : (
                  <Picture content={content} name={file.fileName} />
                )}
              </Suspense>
            ) : (
              <p>这种文件不能在网页中显示，请下载后查看。</p>
            )}
            <p className="about">
              形成日期：{printedDate(file.effectiveOn)}。
              <a href={about.url} rel="noreferrer">
                下载文件
              </a>
            </p>
            <p className="about code">SHA-256 {file.sha256}</p>
          </>
        )}
      </Show>
    </aside>
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
