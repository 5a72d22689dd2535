/** One file to the address that was granted for it, with its progress: fetch does not tell how far a body has gone. */

/** The line was cut on the way; nothing was refused. */
export class LineCut extends Error {
  override readonly name = 'LineCut';
}

/** Headers that the browser itself sets, exactly so. */
const OWN_HEADERS = ['host', 'content-length'];

export type Sent = 'arrived' | 'expired';

/** @throws LineCut, also when it was aborted */
export function sendFile(
  { url, headers }: { url: string; headers: Record<string, string> },
  file: Blob,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) {
      if (!OWN_HEADERS.includes(name.toLowerCase())) request.setRequestHeader(name, value);
    }
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total ? loaded / total : 0),
    );
    request.addEventListener('error', () => reject(new LineCut()));
    request.addEventListener('abort', () => reject(new LineCut()));
    request.addEventListener('load', () => {
      // 412: it had arrived before the answer was lost; the confirmation will tell.
      if (request.status < 300 || request.status === 412) resolve('arrived');
      else if (request.status === 403) resolve('expired');
      else if (request.status >= 500) reject(new LineCut());
      else reject(new Error(`存储没有收下该文件（${request.status}），请重新选择文件上传`));
    });
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
