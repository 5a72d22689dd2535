import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { objectBody } from './body.ts';
import type { Bucket, Catalogue, Version } from './catalogue.ts';
import { checkCopySource, checkWrite, readRange, unchanged } from './conditions.ts';
import type { Content } from './content.ts';
import { S3Error } from './errors.ts';
import { listObjects } from './listing.ts';
import { decode, type S3Request } from './request.ts';
import type { SignedPayload } from './signature.ts';
import { xmlDocument } from './xml.ts';

export interface S3Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
}

export interface Store {
  readonly catalogue: Catalogue;
  readonly content: Content;
  now(): Date;
}

type Operation = (
  store: Store,
  request: S3Request,
  payload: SignedPayload,
) => S3Response | Promise<S3Response>;

const KEPT = new Set([
  'content-type',
  'content-disposition',
  'content-language',
  'cache-control',
  'expires',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date',
  'x-amz-server-side-encryption',
]);
const OVERRIDES = ['content-type', 'content-disposition', 'content-language', 'cache-control', 'expires'];

/** What may follow `?` besides signature and hoisted headers, by operation: the rest is not implemented. */
export function operation({ method, key, header }: S3Request): { run: Operation; query: readonly string[] } {
  const read = ['versionId', ...OVERRIDES.map((name) => `response-${name}`)];
  if (key === '') {
    if (method === 'PUT') return { run: createBucket, query: [] };
    if (method === 'HEAD') return { run: () => ({ status: 200 }), query: [] };
    if (method === 'GET') return { run: getBucket, query: LIST_QUERY };
  } else {
    if (method === 'PUT') return { run: header('x-amz-copy-source') ? copyObject : putObject, query: [] };
    if (method === 'GET' || method === 'HEAD') return { run: getObject, query: read };
    if (method === 'DELETE') return { run: deleteObject, query: ['versionId'] };
  }
  throw new S3Error('NotImplemented', `${method} is not implemented here`);
}

const LIST_QUERY = [
  'list-type',
  'prefix',
  'delimiter',
  'max-keys',
  'continuation-token',
  'start-after',
  'encoding-type',
];

const createBucket: Operation = ({ catalogue, now }, { bucket, header }) => {
  if (catalogue.hasBucket(bucket)) {
    throw new S3Error('BucketAlreadyOwnedByYou', 'You already own this bucket.');
  }
  const objectLock = header('x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true';
  catalogue.addBucket(newBucket(bucket, { objectLock }, now()));
  return { status: 200, headers: { location: `/${bucket}` } };
};

/** @throws S3Error InvalidBucketName */
export function newBucket(
  name: string,
  kind: { versioned?: boolean; objectLock?: boolean },
  createdAt: Date,
): Bucket {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
    throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.');
  }
  const objectLock = kind.objectLock ?? false;
  return { name, objectLock, versioned: objectLock || (kind.versioned ?? false), createdAt };
}

const getBucket: Operation = ({ catalogue }, request) => {
  if (request.bucket !== '') return { status: 200, body: listObjects(catalogue, request) };
  const Bucket = catalogue.buckets().map(({ name, createdAt }) => ({
    Name: name,
    CreationDate: createdAt.toISOString(),
  }));
  return { status: 200, body: xmlDocument('ListAllMyBucketsResult', { Buckets: { Bucket } }) };
};

const putObject: Operation = async (store, request, payload) => {
  const bucket = store.catalogue.bucket(request.bucket);
  const body = objectBody(request, payload);
  const kept = keptHeaders(request, bucket);
  if (
    bucket.objectLock &&
    !request.names.some((name) => /^(content-md5|x-amz-checksum-.+|x-amz-trailer)$/.test(name))
  ) {
    throw new S3Error('InvalidRequest', 'Content-MD5 or a checksum is required in a bucket with Object Lock');
  }
  const received = await store.content.receive(body.bytes);
  try {
    body.check(received);
    const version = newVersion(store, request, {
      contentId: received.contentId,
      size: received.size,
      etag: received.md5.toString('hex'),
      sha256: received.sha256.toString('base64'),
      headers: { ...kept, ...body.checksum() },
    });
    write(store, bucket, version, request);
    const headers = { etag: `"${version.etag}"`, ...body.checksum(), ...versionHeader(bucket, version) };
    return { status: 200, headers };
  } catch (cause) {
    store.content.remove(received.contentId);
    throw cause;
  }
};

const copyObject: Operation = (store, request) => {
  const bucket = store.catalogue.bucket(request.bucket);
  const [path = '', versionId] = (request.header('x-amz-copy-source') ?? '').split('?versionId=');
  const [, from = '', key = ''] = /^\/?([^/]+)\/(.+)$/s.exec(decode(path)) ?? [];
  const source = find(store, store.catalogue.bucket(from), key, versionId);
  checkCopySource(source, request.header);
  const replace = request.header('x-amz-metadata-directive') === 'REPLACE';
  const algorithm = request.header('x-amz-checksum-algorithm');
  if (algorithm && algorithm !== 'SHA256') throw new S3Error('NotImplemented', 'Copies compute only SHA256');
  const checksums = Object.entries(source.headers).filter(([name]) => name.startsWith('x-amz-checksum-'));
  const version = newVersion(store, request, {
    ...source,
    headers: {
      ...(replace ? keptHeaders(request, bucket) : withoutLock(source.headers)),
      ...(replace ? Object.fromEntries(checksums) : {}),
      ...lockHeaders(request, bucket),
      ...(algorithm ? { 'x-amz-checksum-sha256': source.sha256 } : {}),
    },
  });
  write(store, bucket, version, request);
  const body = xmlDocument('CopyObjectResult', {
    LastModified: version.createdAt.toISOString(),
    ETag: `"${version.etag}"`,
    ChecksumSHA256: version.headers['x-amz-checksum-sha256'],
  });
  const sourceVersion = versionHeader(store.catalogue.bucket(from), source)['x-amz-version-id'];
  const headers = {
    ...versionHeader(bucket, version),
    ...(sourceVersion ? { 'x-amz-copy-source-version-id': sourceVersion } : {}),
  };
  return { status: 200, headers, body };
};

const getObject: Operation = (store, request) => {
  const bucket = store.catalogue.bucket(request.bucket);
  const version = find(store, bucket, request.key, request.query.versionId);
  const range = unchanged(version, request.header)
    ? 'unchanged'
    : readRange(request.header('range'), version.size);
  const headers: Record<string, string> = {
    'content-type': 'binary/octet-stream',
    ...version.headers,
    ...versionHeader(bucket, version),
    etag: `"${version.etag}"`,
    'last-modified': version.createdAt.toUTCString(),
    'accept-ranges': 'bytes',
  };
  for (const name of OVERRIDES) {
    const override = request.query[`response-${name}`];
    if (override !== undefined) headers[name] = override;
  }
  if (range === 'unchanged') return { status: 304, headers };
  if (range || request.header('x-amz-checksum-mode') !== 'ENABLED') {
    for (const name of Object.keys(headers)) if (name.startsWith('x-amz-checksum-')) delete headers[name];
  }
  const { start, end } = range ?? { start: 0, end: version.size - 1 };
  headers['content-length'] = String(end - start + 1);
  if (range) headers['content-range'] = `bytes ${start}-${end}/${version.size}`;
  const status = range ? 206 : 200;
  if (request.method === 'HEAD' || end < start) return { status, headers };
  return { status, headers, body: store.content.read(String(version.contentId), start, end) };
};

const deleteObject: Operation = (store, request) => {
  const bucket = store.catalogue.bucket(request.bucket);
  const { versionId } = request.query;
  if (versionId === undefined && bucket.versioned) {
    const nothing = { contentId: null, size: 0, etag: '', sha256: '', headers: {} };
    const marker = newVersion(store, request, nothing);
    write(store, bucket, marker, request);
    return { status: 204, headers: { 'x-amz-delete-marker': 'true', ...versionHeader(bucket, marker) } };
  }
  const { catalogue } = store;
  const version = versionId
    ? catalogue.version(bucket.name, request.key, versionId)
    : catalogue.latest(bucket.name, request.key);
  if (version?.contentId && bucket.objectLock) {
    throw new S3Error('AccessDenied', 'Access Denied because object protected by object lock.');
  }
  if (version) for (const id of catalogue.drop(version)) store.content.remove(id);
  const headers: Record<string, string> = versionId ? { 'x-amz-version-id': versionId } : {};
  return { status: 204, headers };
};

function find({ catalogue }: Store, bucket: Bucket, key: string, versionId: string | undefined): Version {
  const version = versionId
    ? catalogue.version(bucket.name, key, versionId)
    : catalogue.latest(bucket.name, key);
  const marker = version?.contentId === null ? { 'x-amz-delete-marker': 'true' } : undefined;
  if (versionId && !version) throw new S3Error('NoSuchVersion', 'The specified version does not exist.');
  if (versionId && marker) {
    throw new S3Error('MethodNotAllowed', 'This version is a delete marker.', { headers: marker });
  }
  if (!version || marker) {
    throw new S3Error('NoSuchKey', 'The specified key does not exist.', marker && { headers: marker });
  }
  return version;
}

/**
 * A new version of an object. Its id follows from what it is and what it replaces, so that a year that is lived again with
 * the same clock is recorded with the same ids.
 */
function newVersion(
  { catalogue, now }: Store,
  { bucket, key }: S3Request,
  object: Omit<Version, 'versionId' | 'bucket' | 'key' | 'createdAt'>,
): Version {
  const createdAt = now();
  const before = catalogue.latest(bucket, key)?.versionId;
  const told = [
    bucket,
    key,
    object.size,
    object.sha256,
    object.contentId === null,
    createdAt.getTime(),
    before,
  ];
  const versionId = createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 32);
  return { ...object, versionId, bucket, key, createdAt };
}

function write({ catalogue, content }: Store, bucket: Bucket, version: Version, { header }: S3Request) {
  const unused = catalogue.put(version, bucket.versioned, (current) => checkWrite(current, header));
  for (const id of unused) content.remove(id);
}

const versionHeader = (bucket: Bucket, { versionId }: Version): Record<string, string> =>
  bucket.versioned ? { 'x-amz-version-id': versionId } : {};

function keptHeaders(request: S3Request, bucket: Bucket): Record<string, string> {
  const kept = request.names.filter((name) => KEPT.has(name) || name.startsWith('x-amz-meta-'));
  const headers = Object.fromEntries(kept.map((name) => [name, request.header(name) ?? '']));
  return { ...withoutLock(headers), ...lockHeaders(request, bucket) };
}

const withoutLock = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-object-lock-')));

function lockHeaders(request: S3Request, bucket: Bucket): Record<string, string> {
  const lock = request.names.filter((name) => name.startsWith('x-amz-object-lock-'));
  if (lock.length > 0 && !bucket.objectLock) {
    throw new S3Error('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  }
  return Object.fromEntries(lock.map((name) => [name, request.header(name) ?? '']));
}
