import type { Catalogue, Version } from './catalogue.ts';
import { S3Error } from './errors.ts';
import type { S3Request } from './request.ts';
import { type XmlFields, xmlDocument } from './xml.ts';

const MAX_KEYS = 1000;

/** ListObjectsV2: current objects in byte order, folded at the delimiter, a page at a time. */
export function listObjects(catalogue: Catalogue, request: S3Request): string {
  const { query, bucket } = request;
  if (query['list-type'] !== '2') throw new S3Error('NotImplemented', 'Only ListObjectsV2 is implemented');
  const [prefix, delimiter] = [query.prefix ?? '', query.delimiter ?? ''];
  const limit = Math.min(Number(query['max-keys'] ?? MAX_KEYS), MAX_KEYS);
  if (!Number.isInteger(limit) || limit < 0) throw new S3Error('InvalidArgument', 'max-keys is not a number');
  const page = collect(catalogue, { bucket, prefix, delimiter, limit, from: start(query, prefix) });
  const encode = query['encoding-type'] === 'url' ? encodeURIComponent : (text: string) => text;
  return xmlDocument('ListBucketResult', {
    Name: bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter ? encode(delimiter) : undefined,
    StartAfter: query['start-after'] && encode(query['start-after']),
    ContinuationToken: query['continuation-token'],
    MaxKeys: limit,
    EncodingType: query['encoding-type'],
    KeyCount: page.objects.length + page.folders.length,
    IsTruncated: page.next !== undefined,
    NextContinuationToken: page.next?.toString('base64url'),
    Contents: page.objects.map((version) => entry(version, encode)),
    CommonPrefixes: page.folders.map((folder) => ({ Prefix: encode(folder) })),
  });
}

function start(query: S3Request['query'], prefix: string): Buffer {
  const token = query['continuation-token'];
  if (token !== undefined) return Buffer.from(token, 'base64url');
  const [first, after] = [Buffer.from(prefix), Buffer.from(`${query['start-after'] ?? ''}\0`)];
  return query['start-after'] !== undefined && Buffer.compare(after, first) > 0 ? after : first;
}

interface Query {
  bucket: string;
  prefix: string;
  delimiter: string;
  limit: number;
  from: Buffer;
}

function collect(catalogue: Catalogue, { bucket, prefix, delimiter, limit, from }: Query) {
  const [objects, folders]: [Version[], string[]] = [[], []];
  const matching = (at: Buffer | undefined) => {
    const version = at && catalogue.next(bucket, at);
    return version?.key.startsWith(prefix) ? version : undefined;
  };
  let at: Buffer | undefined = from;
  let version = matching(at);
  while (version && objects.length + folders.length < limit) {
    const cut = delimiter ? version.key.indexOf(delimiter, prefix.length) : -1;
    if (cut < 0) {
      objects.push(version);
      at = Buffer.from(`${version.key}\0`);
    } else {
      const folder = version.key.slice(0, cut + delimiter.length);
      folders.push(folder);
      at = afterAll(folder);
    }
    version = matching(at);
  }
  return { objects, folders, next: version && limit > 0 ? at : undefined };
}

/** The first key that no longer starts with `prefix`: UTF-8 never holds the byte 0xFF, so adding one is safe. */
function afterAll(prefix: string): Buffer {
  const bytes = Buffer.from(prefix);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) + 1;
  return bytes;
}

const entry = (version: Version, encode: (text: string) => string): XmlFields => ({
  Key: encode(version.key),
  LastModified: version.createdAt.toISOString(),
  ETag: `"${version.etag}"`,
  Size: version.size,
  StorageClass: 'STANDARD',
});
