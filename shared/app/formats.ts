/** Formats of published and archived files: what they are served as, and whether a browser shows or keeps them. */

export const CONTENT_TYPES = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
export type Format = keyof typeof CONTENT_TYPES;

export function formatOf(path: string): Format | undefined {
  const extension = path.split('.').at(-1) ?? '';
  return (Object.keys(CONTENT_TYPES) as Format[]).find((format) => format === extension);
}
