/** What evidence 佐证材料 may be: file types that can be checked, how their files are named, and how large they may be by default. */

export const EVIDENCE_TYPES = {
  'application/pdf': { title: 'PDF', extensions: ['pdf'], megabytes: 50 },
  'image/jpeg': { title: 'JPEG', extensions: ['jpg', 'jpeg'], megabytes: 20 },
  'image/png': { title: 'PNG', extensions: ['png'], megabytes: 20 },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    title: 'DOCX',
    extensions: ['docx'],
    megabytes: 50,
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    title: 'XLSX',
    extensions: ['xlsx'],
    megabytes: 50,
  },
  'video/mp4': { title: 'MP4', extensions: ['mp4'], megabytes: 500 },
} as const satisfies Record<string, { title: string; extensions: readonly string[]; megabytes: number }>;
export type EvidenceType = keyof typeof EVIDENCE_TYPES;
export const EVIDENCE_TYPE_NAMES = Object.keys(EVIDENCE_TYPES) as [EvidenceType, ...EvidenceType[]];

export function isEvidenceType(type: string): type is EvidenceType {
  return Object.hasOwn(EVIDENCE_TYPES, type);
}
