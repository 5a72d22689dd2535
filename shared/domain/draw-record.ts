/** The record of a draw, archived in full and published without the reasons, and what one must look like to be read. */
import { digestOf } from './digest.ts';
import { type Drawn, draw } from './draw.ts';
import type { DrawChange } from './draw-changes.ts';

/** A draw record as it is published and archived. */
export interface DrawRecord extends Drawn {
  schema: 'xingping-draw/1';
  year: number;
  /** The plan's number, as printed. */
  number: string | null;
  sampleData: boolean;
  /** Recusals, replacements and visits since the draw, in order of time. */
  changes: DrawChange[];
  /** The digest of each of the record's other fields, by its name. */
  digests: Record<string, string>;
}

/** Adds the digest of each field, so that a change is not only found but found where it was made. */
export function sealDraw(record: Omit<DrawRecord, 'digests'>): DrawRecord {
  const digests = Object.fromEntries(
    Object.entries(record).map(([field, value]) => [field, digestOf(value)]),
  );
  return { ...record, digests };
}

const WITHHELD = { certain: ['确定抽查对象'], recusal: '应当回避', added: ['补充检查'] };

/**
 * The record without the reasons. Repeating the draw takes who is certain and who is recused; why (a failure last year, a
 * spouse) is nobody's business.
 */
export function publicDraw({ digests: _resealed, ...record }: DrawRecord): DrawRecord {
  const agencies = record.agencies.map((agency) => ({
    ...agency,
    certain: agency.certain.length > 0 ? WITHHELD.certain : [],
  }));
  const withheld = <T extends { reason: string }>(recusal: T): T => ({
    ...recusal,
    reason: WITHHELD.recusal,
  });
  const recusals = record.recusals.map(withheld);
  const changes = record.changes.map((change): DrawChange => {
    if (change.type === 'joined') return { ...change, recusals: change.recusals.map(withheld) };
    return change.type === 'recused' ? withheld(change) : { ...change, reasons: WITHHELD.added };
  });
  const { seed, sampling, inspectors, inspectorsPerVisit } = record;
  const drawn = draw({ seed, agencies, sampling, inspectors, inspectorsPerVisit, recusals });
  return sealDraw({ ...record, ...drawn, changes });
}

/** What a value must look like: its `typeof`, a list of one shape, the shapes of its fields, or a look of its own. */
type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'string or null'
  | [Shape]
  | { [field: string]: Shape }
  | ((value: unknown, at: string) => string | undefined);

const RECUSAL = { inspector: 'string', filingNumber: 'string', reason: 'string' } as const;
const INSPECTOR = { id: 'string', name: 'string' } as const;
const CHANGES: Record<DrawChange['type'], Shape> = {
  joined: { inspectors: [INSPECTOR], recusals: [RECUSAL] },
  recused: { ...RECUSAL, replacedBy: 'string or null' },
  added: { filingNumber: 'string', filingType: 'string', reasons: ['string'], inspectors: ['string'] },
};
const RECORD: Shape = {
  schema: (value, at) => (value === 'xingping-draw/1' ? undefined : at),
  year: 'number',
  number: 'string or null',
  sampleData: 'boolean',
  seed: 'string',
  commitment: 'string',
  agencies: [{ filingNumber: 'string', filingType: 'string', certain: ['string'] }],
  sampling: { percent: 'number', atLeast: 'number' },
  inspectors: [INSPECTOR],
  inspectorsPerVisit: 'number',
  recusals: [RECUSAL],
  strata: [{}],
  visits: [{}],
  changes: [changeMisfit],
  digests: {},
};

export function isDrawChange(value: unknown): value is DrawChange {
  return changeMisfit(value, '') === undefined;
}

function changeMisfit(value: unknown, at: string): string | undefined {
  const type = (value as { type?: unknown } | null)?.type;
  const known = Object.entries(CHANGES).find(([name]) => name === type);
  return known ? misfitOf(value, known[1], at) : `${at}.type`;
}

/** The path of the first value that does not look like a draw record's; the whole is an empty path. */
export function recordMisfit(value: unknown): string | undefined {
  return misfitOf(value, RECORD, '');
}

function misfitOf(value: unknown, shape: Shape, at: string): string | undefined {
  if (typeof shape === 'function') return shape(value, at);
  if (shape === 'string or null') return value === null || typeof value === 'string' ? undefined : at;
  if (typeof shape === 'string') return typeof value === shape ? undefined : at;
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== Array.isArray(shape)) return at;
  const inner: [unknown, Shape, string][] = Array.isArray(shape)
    ? (value as unknown[]).map((one, index) => [one, shape[0], `${at}[${index}]`])
    : Object.entries(shape).map(([name, one]) => [
        (value as Record<string, unknown>)[name],
        one,
        at === '' ? name : `${at}.${name}`,
      ]);
  for (const [one, its, path] of inner) {
    const misfit = misfitOf(one, its, path);
    if (misfit !== undefined) return misfit;
  }
  return undefined;
}
