/** A PDF page by page, drawn by us: browsers of phones show none inside a page, and a frame would need a weaker policy. */
import { Alert, Button } from 'antd';
import {
  GlobalWorkerOptions,
  getDocument,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
} from 'pdfjs-dist';
import PdfWorker from 'pdfjs-dist/build/pdf.worker.mjs?worker';
import { useEffect, useRef, useState } from 'react';

/** Wide enough to read a page of A4 on a screen of double density. */
const WIDTH = 1400;

export function PdfPages({ content }: { content: Blob }) {
  const [opened, setOpened] = useState<PDFDocumentProxy>();
  const [failed, setFailed] = useState(false);
  const [page, setPage] = useState(1);
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    let current = true;
    GlobalWorkerOptions.workerPort ??= new PdfWorker();
    let task: PDFDocumentLoadingTask | undefined;
    const open = async () => {
      const data = await content.arrayBuffer();
      if (!current) return;
      task = getDocument({ data });
      const document = await task.promise;
      if (current) setOpened(document);
    };
    open().catch(() => current && setFailed(true));
    return () => {
      current = false;
      void task?.destroy();
    };
  }, [content]);

  useEffect(() => {
    let current = true;
    const draw = async () => {
      const sheet = await opened?.getPage(page);
      const target = canvas.current;
      if (!sheet || !target || !current) return;
      const viewport = sheet.getViewport({ scale: WIDTH / sheet.getViewport({ scale: 1 }).width });
      target.width = viewport.width;
      target.height = viewport.height;
      await sheet.render({ canvas: target, viewport }).promise;
    };
    draw().catch(() => current && setFailed(true));
    return () => {
      current = false;
    };
  }, [opened, page]);

  if (failed) return <Alert type="warning" showIcon title="该文件不能在网页中显示，请下载后查看" />;
  const count = opened?.numPages ?? 0;
  return (
    <>
      {count > 1 && (
        <div className="toolbar">
          <Button disabled={page === 1} onClick={() => setPage(page - 1)}>
            上一页
          </Button>
          <span role="status">
            第 {page} 页，共 {count} 页
          </span>
          <Button disabled={page === count} onClick={() => setPage(page + 1)}>
            下一页
          </Button>
        </div>
      )}
      <canvas ref={canvas} className="picture" role="img" aria-label={`第 ${page} 页`} />
    </>
  );
}
