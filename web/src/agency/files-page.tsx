/** All files of an agency's year: what each is attached to, the room that is left, and deleting what nothing uses. */
import { Alert, Button, Modal } from 'antd';
import { useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';
import * as z from 'zod/mini';
import { type Answers, filesByItem } from '../../../shared/domain/facts.ts';
import { UPLOAD_STATUSES, type UploadStatus } from '../../../shared/domain/upload.ts';
import { api } from '../session/api.ts';
import { usePerson } from '../session/person.ts';
import { printedDate, printedInstant } from '../ui/dates.ts';
import { FilePreview } from '../ui/file-preview.tsx';
import { messageOf, useLoaded } from '../ui/loading.ts';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { Empty, Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { type DossierView, dossierPath, type Own, readDraft, readOwnDossier } from './dossier.ts';
import './agency.css';

const OwnFile = z.looseObject({
  id: z.string(),
  fileName: z.string(),
  size: z.int(),
  effectiveOn: z.nullish(z.string()),
  status: z.enum(Object.keys(UPLOAD_STATUSES) as UploadStatus[]),
  statusTitle: z.string(),
  requestedAt: z.string(),
  problem: z.nullable(z.string()),
});
type OwnFile = z.infer<typeof OwnFile>;

const OwnFiles = z.looseObject({
  quota: z.object({
    megabytes: z.int(),
    files: z.int(),
    used: z.object({ bytes: z.int(), files: z.int() }),
  }),
  uploads: z.array(OwnFile),
});

/** By file: where it is used, and there for which items. */
type Uses = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

async function readFiles(own: Own) {
  const [{ quota, uploads }, dossier, draft] = await Promise.all([
    api.get(`${dossierPath(own)}/uploads`, OwnFiles),
    readOwnDossier(own),
    readDraft(own),
  ]);
  // Newest first; what was deleted or never came has nothing left to show.
  const files = uploads.filter(({ status }) => status !== 'deleted' && status !== 'expired').toReversed();
  // A draft stays on record when it was filed, and then uses nothing of its own.
  const isOpen = dossier?.status === 'collecting';
  return { quota, files, uses: usesOf(dossier, isOpen ? draft?.answers : undefined) };
}

function usesOf(dossier: DossierView | undefined, draft: Answers | undefined): Uses {
  const uses = new Map<string, Map<string, Set<string>>>();
  const add = (id: string, where: string, ...items: string[]) => {
    const places = uses.get(id) ?? new Map<string, Set<string>>();
    uses.set(id, places.set(where, new Set([...(places.get(where) ?? []), ...items])));
  };
  const note = (answers: Answers | undefined, where: string) => {
    for (const { item, file } of answers ? filesByItem(answers) : []) add(file.id, where, item);
  };
  note(dossier?.submission?.answers, '自评');
  note(draft, '自评草稿');
  for (const round of dossier?.rounds ?? [])
    if (round.returnedFor !== null) note(round.answers, '退回前的自评');
  for (const { evidence } of dossier?.answers ?? []) for (const { id } of evidence) add(id, '陈述申辩');
  for (const { evidence } of dossier?.objections ?? []) for (const { id } of evidence) add(id, '异议');
  return uses;
}

export function FilesPage() {
  const { year = '' } = useParams();
  const { agency = '' } = usePerson();
  if (!/^\d{4}$/.test(year)) return <NotFoundPage />;
  return <Files key={year} own={{ year: Number(year), filingNumber: agency }} />;
}

function Files({ own: { year, filingNumber } }: { own: Own }) {
  const [reads, setReads] = useState(0);
  const [said, setSaid] = useState<string>();
  const load = useCallback(() => readFiles({ year, filingNumber }), [year, filingNumber]);
  const files = useLoaded(`files ${year} ${reads}`, load);
  const again = (what: string) => {
    setSaid(what);
    setReads((count) => count + 1);
  };
  return (
    <Page
      title={`${year} 年度佐证材料`}
      lead="本机构上传的全部文件。已随自评、陈述申辩或异议提交的文件长期保存，不能删除。"
    >
      <div aria-live="polite">{said && <Alert type="success" showIcon title={said} />}</div>
      <Show of={files}>
        {(found) => (
          <>
            <Room {...found.quota} />
            {found.files.length === 0 ? (
              <Empty>还没有上传文件。在自评表各项目下可以上传佐证材料。</Empty>
            ) : (
              <FileTable own={{ year, filingNumber }} {...found} onDone={again} />
            )}
          </>
        )}
      </Show>
      <p>
        <Link to={`/work/years/${year}`}>返回 {year} 年度评估</Link>
      </p>
    </Page>
  );
}

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
const printedSize = (bytes: number) =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${megabytes(bytes)} MB`;

function Room({ megabytes: limit, files, used }: z.infer<typeof OwnFiles>['quota']) {
  const text = `已用 ${printedSize(used.bytes)}，共 ${limit} MB；已有 ${used.files} 个文件，最多 ${files} 个`;
  return (
    <p>
      {text}。
      <progress max={limit} value={used.bytes / 1024 / 1024} aria-label={text} />
    </p>
  );
}

interface FileTableProps {
  own: Own;
  files: readonly OwnFile[];
  uses: Uses;
  onDone: (said: string) => void;
}

function FileTable({ own, files, uses, onDone }: FileTableProps) {
  const [shown, setShown] = useState<OwnFile>();
  const [leaving, setLeaving] = useState<OwnFile>();
  return (
    <>
      <table className="cards">
        <caption>文件 {files.length} 个</caption>
        <thead>
          <tr>
            <th scope="col">文件名</th>
            <th scope="col">形成日期</th>
            <th scope="col">大小</th>
            <th scope="col">上传时间</th>
            <th scope="col">状态</th>
            <th scope="col">用于</th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <tr key={file.id}>
              <th scope="row">
                {file.status === 'kept' || file.status === 'attached' ? (
                  <button type="button" className="link" onClick={() => setShown(file)}>
                    {file.fileName}
                  </button>
                ) : (
                  file.fileName
                )}
              </th>
              <td data-title="形成日期">{printedDate(file.effectiveOn)}</td>
              <td data-title="大小">{printedSize(file.size)}</td>
              <td data-title="上传时间">{printedInstant(file.requestedAt)}</td>
              <td data-title="状态">
                {file.statusTitle}
                {file.problem && `：${file.problem}`}
              </td>
              <td data-title="用于">
                <UseOf file={file} uses={uses.get(file.id)} onDelete={() => setLeaving(file)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown && (
        <FilePreview
          path={`${dossierPath(own)}/uploads/${shown.id}/file`}
          fileName={shown.fileName}
          onClose={() => setShown(undefined)}
        />
      )}
      {leaving && <Deletion own={own} file={leaving} onDone={onDone} onClose={() => setLeaving(undefined)} />}
    </>
  );
}

interface UseProps {
  file: OwnFile;
  uses: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  onDelete: () => void;
}

function UseOf({ file: { status, fileName }, uses, onDelete }: UseProps) {
  if (uses)
    return [...uses].map(([where, items]) => [where, [...items].join('、')].join(' ').trim()).join('；');
  if (status === 'attached') return '已提交的材料';
  return (
    <>
      未使用{' '}
      <Button size="small" aria-label={`删除《${fileName}》`} onClick={onDelete}>
        删除
      </Button>
    </>
  );
}

function Deletion(props: { own: Own; file: OwnFile; onDone: (said: string) => void; onClose: () => void }) {
  const { own, file, onDone, onClose } = props;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const remove = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.delete(`${dossierPath(own)}/uploads/${file.id}`, z.unknown());
      onDone(`已删除《${file.fileName}》。`);
      onClose();
    } catch (error) {
      setProblem(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title="确认删除文件"
      okText="确认删除"
      cancelText="保留"
      okButtonProps={{ danger: true }}
      confirmLoading={busy}
      onOk={remove}
      onCancel={onClose}
    >
      <p>《{file.fileName}》没有用于任何项目，删除后不能恢复。</p>
      {problem && <Alert type="error" showIcon title={problem} />}
    </Modal>
  );
}
