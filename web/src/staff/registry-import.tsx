import { Alert, Button } from 'antd';
import { useState } from 'react';
import * as z from 'zod/mini';
import { api } from '../session/api.ts';
import { messageOf } from '../ui/loading.ts';
import { Deliberate } from './deliberate.tsx';

const Preview = z.looseObject({
  agencies: z.int(),
  errors: z.int(),
  digest: z.string(),
  rows: z.array(
    z.looseObject({
      place: z.looseObject({ sheet: z.string(), row: z.int() }),
      problems: z.array(
        z.looseObject({
          severity: z.enum(['error', 'warning']),
          field: z.string(),
          cell: z.string(),
          message: z.string(),
        }),
      ),
    }),
  ),
});
type Preview = z.infer<typeof Preview>;

const Counts = z.looseObject({
  registered: z.int(),
  amended: z.int(),
  unchanged: z.int(),
  remaining: z.int(),
});

interface Chosen {
  fileName: string;
  content: string;
}

async function readChosen(file: File): Promise<Chosen> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 32_768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  }
  return { fileName: file.name, content: btoa(text) };
}

/** A workbook or CSV file: first what it would do, row by row; then, on purpose, all of it or nothing. */
export function RegistryImport({ onImported }: { onImported: () => void }) {
  const [chosen, setChosen] = useState<Chosen>();
  const [preview, setPreview] = useState<Preview>();
  const [said, setSaid] = useState<{ type: 'success' | 'error' | 'info'; text: string }>();
  const [busy, setBusy] = useState(false);

  const look = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    setPreview(undefined);
    setSaid(undefined);
    try {
      const read = await readChosen(file);
      setChosen(read);
      setPreview(await api.post('/agencies/import-preview', read, Preview));
    } catch (error) {
      setSaid({ type: 'error', text: messageOf(error) });
    } finally {
      setBusy(false);
    }
  };
  const write = async () => {
    if (!chosen || !preview) return;
    const confirmed = { ...chosen, digest: preview.digest };
    let [registered, amended] = [0, 0];
    let unchanged: number | undefined;
    for (let left = preview.agencies; left > 0; ) {
      const counts = await api.post('/agencies/import', confirmed, Counts);
      registered += counts.registered;
      amended += counts.amended;
      unchanged ??= counts.unchanged;
      left = counts.remaining;
      if (left > 0) setSaid({ type: 'info', text: `正在导入：还有 ${left} 家，请不要离开本页……` });
    }
    setSaid({
      type: 'success',
      text: `已导入：新增 ${registered} 家，变更 ${amended} 家，未变 ${unchanged} 家。`,
    });
    setPreview(undefined);
    onImported();
  };
  return (
    <section aria-labelledby="import">
      <h2 id="import">导入名册</h2>
      <label className="field">
        <span>选择工作簿（.xlsx）或 CSV 文件</span>
        <input
          type="file"
          accept=".xlsx,.csv"
          disabled={busy}
          onChange={({ target }) => {
            look(target.files?.[0]);
            target.value = '';
          }}
        />
      </label>
      <div aria-live="polite">
        {busy && <p>正在读取文件……</p>}
        {said && <Alert type={said.type} showIcon title={said.text} />}
      </div>
      {chosen && preview && (
        <>
          <Outcome fileName={chosen.fileName} preview={preview} />
          {preview.errors === 0 && preview.agencies > 0 && (
            <Deliberate
              title="确认导入"
              choices={[
                {
                  value: 'import',
                  label: '导入',
                  what: `写入 ${preview.agencies} 家机构，同一备案号的以本次为准`,
                },
              ]}
              reasonTitle={false}
              send={write}
            />
          )}
          <Button onClick={() => setPreview(undefined)}>放弃本次导入</Button>
        </>
      )}
    </section>
  );
}

const SEVERITIES = { error: '错误', warning: '提示' } as const;

function Outcome({ fileName, preview: { rows, agencies, errors } }: { fileName: string; preview: Preview }) {
  const problems = rows.flatMap((row) => row.problems.map((problem) => ({ ...problem, place: row.place })));
  return (
    <>
      <p role="status">
        《{fileName}》：可导入 {agencies} 家，错误 {errors} 处，提示 {problems.length - errors} 处。
        {errors > 0 && '有错误时不能导入，请在文件中改正后重新选择。'}
      </p>
      {problems.length > 0 && (
        <table className="cards">
          <caption>需要留意的单元格</caption>
          <thead>
            <tr>
              <th scope="col">工作表</th>
              <th scope="col">行</th>
              <th scope="col">单元格</th>
              <th scope="col">列</th>
              <th scope="col">问题</th>
            </tr>
          </thead>
          <tbody>
            {problems.map(({ place, cell, field, severity, message }) => (
              <tr key={place.sheet + cell + message}>
                <td data-title="工作表">{place.sheet}</td>
                <td data-title="行">{place.row}</td>
                <td data-title="单元格" className="code">
                  {cell}
                </td>
                <td data-title="列">{field}</td>
                <td data-title="问题" className={severity === 'error' ? 'warned' : undefined}>
                  {SEVERITIES[severity]}：{message}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
