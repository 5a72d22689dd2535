import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type MeasuredPage, measuredPdf } from '../../documents/measured-pdf.ts';

const run = promisify(execFile);

export interface Converted {
  pages: MeasuredPage[];
  /** What the program said while it opened and converted the file. */
  said: string;
}

/** LibreOffice's PDF of a DOCX, made with a profile of its own. Needs `soffice` and a Chinese font. */
export async function converted(docx: Uint8Array): Promise<Converted> {
  const folder = await mkdtemp(join(tmpdir(), 'documents-'));
  try {
    const source = join(folder, 'document.docx');
    await writeFile(source, docx);
    const profile = pathToFileURL(join(folder, 'profile')).href;
    const { stderr } = await run(
      'soffice',
      [`-env:UserInstallation=${profile}`, '--headless', '--convert-to', 'pdf', '--outdir', folder, source],
      { timeout: 100_000 },
    );
    return { pages: await measuredPdf(await readFile(join(folder, 'document.pdf'))), said: stderr };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
