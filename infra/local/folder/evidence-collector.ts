/** The files that the rows of a form name, each read once, with the day that it dates from. */
import type { CivilDate } from '../../../shared/domain/calendar.ts';
import type { EvidenceRef } from '../../../shared/domain/facts.ts';
import type { EvidenceSettings } from '../../../shared/domain/settings.ts';
import type { FolderFiles } from './folder-files.ts';
import type { FormEntry } from './form.ts';
import { FORM_COLUMNS } from './form-lines.ts';
import { dateOf } from './form-values.ts';
import type { Problems } from './problems.ts';
import type { LocalFile } from './types.ts';

const onlyOne = (list: readonly string[]) => (list.length === 1 ? list[0] : undefined);

export class EvidenceCollector {
  readonly files: LocalFile[] = [];
  private readonly source: FolderFiles;
  private readonly folder: string;
  private readonly rules: EvidenceSettings;
  private readonly problems: Problems;

  constructor(source: FolderFiles, folder: string, rules: EvidenceSettings, problems: Problems) {
    this.source = source;
    this.folder = folder;
    this.rules = rules;
    this.problems = problems;
  }

  /** Looks at every file that the rows name. A file named on many rows needs its date on one of them. */
  async collect(entries: readonly FormEntry[]): Promise<void> {
    const named = entries.flatMap((entry) => entry.evidence.map((fileName) => ({ fileName, entry })));
    for (const [fileName, rows] of Map.groupBy(named, (one) => one.fileName)) {
      const effectiveOn = this.dateOf(
        fileName,
        rows.map(({ entry }) => entry),
      );
      const [first] = rows;
      if (!first) continue;
      const at = { ...first.entry.at, field: FORM_COLUMNS.evidence };
      const name = { folder: this.folder, fileName, effectiveOn: effectiveOn ?? '' };
      const file = await this.source.evidence(name, this.rules, at, this.problems);
      if (file) this.files.push(file);
    }
  }

  refsOf(rows: readonly FormEntry[]): EvidenceRef[] {
    const names = new Set(rows.flatMap(({ evidence }) => evidence));
    return this.files
      .filter(({ fileName }) => names.has(fileName))
      .map(({ path, fileName, sha256, effectiveOn }) => ({
        id: path,
        fileName,
        sha256,
        ...(effectiveOn && { effectiveOn }),
      }));
  }

  tellUnused(): void {
    for (const { name, isDirectory } of this.source.list(this.folder)) {
      const path = `${this.folder}/${name}`;
      if (isDirectory) this.problems.warn({ file: path }, '佐证材料不能放在下级文件夹中，此文件夹未读取');
      else if (!this.files.some((file) => file.path === path)) {
        this.problems.warn({ file: path }, '没有一行填写这个文件名，不会提交');
      }
    }
  }

  private dateOf(fileName: string, rows: readonly FormEntry[]): CivilDate | undefined {
    const [first] = rows;
    const dates = new Set<CivilDate>();
    let refused = false;
    for (const { at, evidence, effectiveOn } of rows) {
      if (effectiveOn.length === 0) continue;
      const place = { ...at, field: FORM_COLUMNS.effectiveOn };
      const oneEach = effectiveOn.length === evidence.length;
      const text = oneEach ? effectiveOn[evidence.indexOf(fileName)] : onlyOne(effectiveOn);
      const date = text === undefined ? undefined : dateOf(text);
      if (date) dates.add(date);
      else {
        const message = text
          ? `“${text}”应为 2021-12-31 的形式`
          : '日期与佐证材料的个数不同，请写一个或逐个对应';
        this.problems.error(place, `佐证材料“${fileName}”的${FORM_COLUMNS.effectiveOn}：${message}`);
        refused = true;
      }
    }
    const said = [...dates].sort();
    if (said.length > 1 && first) {
      this.problems.error(
        { ...first.at, field: FORM_COLUMNS.effectiveOn },
        `佐证材料“${fileName}”有两个${FORM_COLUMNS.effectiveOn}（${said.join('、')}），请只保留一个`,
      );
    } else if (said.length === 0 && !refused && first) {
      this.problems.error(
        { ...first.at, field: FORM_COLUMNS.effectiveOn },
        `佐证材料“${fileName}”没有填写${FORM_COLUMNS.effectiveOn}`,
      );
    }
    return said[0];
  }
}
