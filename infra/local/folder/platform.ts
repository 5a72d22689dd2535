/** The provincial platform's export 平台导出, as the folder's `platform.csv`. */
import type { PlatformFigures } from '../../../shared/domain/platform.ts';
import { importPlatform } from '../../../shared/domain/platform-import.ts';
import type { FolderFiles } from './folder-files.ts';
import { readFolderTables } from './form.ts';
import type { Population } from './population.ts';
import type { Problems } from './problems.ts';

export async function readPlatform(
  files: FolderFiles,
  file: string,
  population: Population,
  problems: Problems,
): Promise<PlatformFigures[]> {
  const tables = await readFolderTables(files, file, problems);
  if (tables.length === 0) return [];
  const { sheet, figures, problems: found } = importPlatform(tables, (number) => population.has(number));
  for (const { severity, row, cell, column, message } of found) {
    const at = {
      file,
      row,
      ...(sheet && { sheet }),
      ...(cell && { cell }),
      ...(column && { field: column }),
    };
    problems[severity === 'error' ? 'error' : 'warn'](at, message);
  }
  return figures;
}
