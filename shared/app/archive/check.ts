/** What a verification says: one check after another, each with what does not hold and where. */

/** Something that does not hold: where it stands, what the archive says, and what follows from its records. */
export interface Finding {
  /** File, record, entry and field, in Chinese: `history.json，档案 S000034040005 第 7 条`. */
  place: string;
  problem: string;
  recorded?: string;
  derived?: string;
}

export interface Check {
  title: string;
  /** What was looked at: `13 家`. */
  scope: string;
  findings: Finding[];
}

/** Where two JSON values differ first, as a path, with both values as text. Undefined when they are the same. */
export function firstDifference(
  recorded: unknown,
  derived: unknown,
  path = '',
): { path: string; recorded: string; derived: string } | undefined {
  if (recorded === derived) return undefined;
  if (!isBranch(recorded) || !isBranch(derived) || Array.isArray(recorded) !== Array.isArray(derived)) {
    return { path, recorded: brief(recorded), derived: brief(derived) };
  }
  const keys = [...new Set([...Object.keys(recorded), ...Object.keys(derived)])];
  for (const key of keys) {
    const step = Array.isArray(derived) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    const difference = firstDifference(recorded[key], derived[key], step);
    if (difference) return difference;
  }
  return undefined;
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function brief(value: unknown): string {
  if (value === undefined) return '（没有）';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** A finding for a value that should follow from the records, or none. */
export function compared(place: string, problem: string, recorded: unknown, derived: unknown): Finding[] {
  const difference = firstDifference(recorded, derived);
  if (!difference) return [];
  const { path, ...values } = difference;
  return [{ place: path ? `${place}，${path}` : place, problem, ...values }];
}
