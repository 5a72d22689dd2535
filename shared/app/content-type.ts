/** Whether bytes are what their declared type says, by their signature and never by their name. */

const startsWith = (bytes: Uint8Array, ...signature: number[]) =>
  signature.every((byte, index) => bytes[index] === byte);

const isZip = (bytes: Uint8Array) => startsWith(bytes, 0x50, 0x4b, 0x03, 0x04);

/** Member names stand uncompressed in a ZIP's local headers, so the bytes can be searched for them. */
const hasMember = (bytes: Uint8Array, name: string) => Buffer.from(bytes).includes(name);

const SIGNATURES: Record<string, (bytes: Uint8Array) => boolean> = {
  'application/pdf': (bytes) => startsWith(bytes, 0x25, 0x50, 0x44, 0x46, 0x2d),
  'image/jpeg': (bytes) => startsWith(bytes, 0xff, 0xd8, 0xff),
  'image/png': (bytes) => startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': (bytes) =>
    isZip(bytes) && hasMember(bytes, 'word/document.xml') && !hasMember(bytes, 'vbaProject.bin'),
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': (bytes) =>
    isZip(bytes) && hasMember(bytes, 'xl/workbook.xml') && !hasMember(bytes, 'vbaProject.bin'),
  'video/mp4': (bytes) => startsWith(bytes.subarray(4), 0x66, 0x74, 0x79, 0x70),
};

export function contentMatches(contentType: string, bytes: Uint8Array): boolean {
  return SIGNATURES[contentType]?.(bytes) ?? false;
}
