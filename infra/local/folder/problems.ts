/** Problems of an input folder: collected by the readers, printed for the clerk who has to mend them. */
import type { Problem, Severity } from './types.ts';

const SEVERITIES: Record<Severity, string> = { error: '错误', warning: '提醒', note: '说明' };
const ORDER = Object.keys(SEVERITIES);

type At = Omit<Problem, 'severity' | 'message'>;

/** A list to which every reader adds, so that a clerk sees all problems at once. */
export class Problems {
  readonly list: Problem[] = [];

  error(at: At, message: string): void {
    this.list.push({ severity: 'error', ...at, message });
  }

  warn(at: At, message: string): void {
    this.list.push({ severity: 'warning', ...at, message });
  }

  note(at: At, message: string): void {
    this.list.push({ severity: 'note', ...at, message });
  }

  get refuse(): boolean {
    return this.list.some(({ severity }) => severity === 'error');
  }
}

/** Errors first, then by file, sheet and row. */
export function sortedProblems(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (a, b) =>
      ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) ||
      compareText(a.file, b.file) ||
      compareText(a.sheet ?? '', b.sheet ?? '') ||
      (a.row ?? 0) - (b.row ?? 0) ||
      compareText(a.field ?? '', b.field ?? '') ||
      compareText(a.message, b.message),
  );
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The list as a clerk reads it: a count, then one aligned line per problem. Empty text when there is none. */
export function printProblems(problems: readonly Problem[]): string {
  if (problems.length === 0) return '';
  const rows = sortedProblems(problems).map((problem) => ({
    severity: SEVERITIES[problem.severity],
    place: placeOf(problem),
    message: problem.message,
  }));
  const width = Math.min(60, Math.max(...rows.map(({ place }) => columns(place))));
  const lines = rows.map(
    ({ severity, place, message }) => `${severity}  ${padded(place, width)}  ${message}`,
  );
  return `${[countLine(problems), '', ...lines].join('\n')}\n`;
}

function countLine(problems: readonly Problem[]): string {
  const counts = (Object.keys(SEVERITIES) as Severity[]).flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    return count > 0 ? [`${SEVERITIES[severity]} ${count} 处`] : [];
  });
  return `检查结果：${counts.join('，')}`;
}

/** `registry.xlsx［名册］B7 备案期限`. */
function placeOf({ file, sheet, row, cell, field }: Problem): string {
  const at = cell ?? (row === undefined ? '' : `第${row}行`);
  return [sheet ? `${file}［${sheet}］` : file, at, field ?? ''].filter(Boolean).join(' ');
}

/** Terminal columns: Chinese characters and full-width signs take two. */
function columns(text: string): number {
  return [...text].reduce(
    (sum, char) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u.test(
        char,
      )
        ? 2
        : 1),
    0,
  );
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}
