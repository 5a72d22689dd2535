import { useId, useState } from 'react';
import { messageOf } from '../ui/loading.ts';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { checkDocument, type DocumentCheck } from './check-document.ts';

type Outcome = { file: string } & (
  | { state: 'working' }
  | { state: 'failed'; message: string }
  | { state: 'done'; result: DocumentCheck }
);

/** Drop a file: is it, byte for byte, one that was published? The file never leaves the reader's machine. */
export function CheckDocumentPage() {
  const [outcome, setOutcome] = useState<Outcome>();
  const [over, setOver] = useState(false);
  const input = useId();
  const check = (files: FileList | null) => {
    const [file] = files ?? [];
    if (!file) return;
    setOutcome({ file: file.name, state: 'working' });
    checkDocument(file).then(
      (result) => setOutcome({ file: file.name, state: 'done', result }),
      (error: unknown) => setOutcome({ file: file.name, state: 'failed', message: messageOf(error) }),
    );
  };
  return (
    <Page
      title="文件核验"
      lead="选择手中的通知、公示、通报等文件，与公布时的清单逐字节核对。文件只在本机计算摘要，不会上传。"
    >
      <label
        className={over ? 'drop over' : 'drop'}
        htmlFor={input}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          check(event.dataTransfer.files);
        }}
      >
        把文件拖到这里，或点击选择文件
        <input id={input} type="file" onChange={({ target }) => check(target.files)} />
      </label>
      <div aria-live="polite">{outcome && <Result outcome={outcome} />}</div>
    </Page>
  );
}

function Result({ outcome }: { outcome: Outcome }) {
  if (outcome.state === 'working') return <p>正在计算《{outcome.file}》的摘要…</p>;
  if (outcome.state === 'failed') return <Notice tone="error" title={outcome.message} />;
  const { sha256, match } = outcome.result;
  return (
    <>
      {match ? (
        <Notice tone="success" title={`《${outcome.file}》与 ${match.year} 年度公布的文件完全一致`}>
          清单中的名称：{match.path}
        </Notice>
      ) : (
        <Notice tone="warning" title={`《${outcome.file}》不在任何年度的清单中`}>
          文件可能被改动过，也可能不是本站公布的文件。请从本站重新下载后再核验。
        </Notice>
      )}
      <dl className="facts">
        <div>
          <dt>本文件的 SHA-256</dt>
          <dd className="code">{sha256}</dd>
        </div>
      </dl>
    </>
  );
}
