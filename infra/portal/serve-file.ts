/** The portal's files where no distribution can serve them: from their private bucket, through an HTTP API of their own. */
import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { PORTAL_HEADERS } from './headers.ts';

const { WEB_BUCKET } = z.object({ WEB_BUCKET: z.string().check(z.minLength(1)) }).parse(process.env);
const s3 = new S3Client({});

/** A path without an extension is a page of the portal, which finds its way in the browser. */
export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const path = decodeURIComponent(event.rawPath).replace(/^\/+/, '');
  const isFile = /\.[a-z0-9]+$/i.test(path);
  const Key = isFile ? path : 'index.html';
  try {
    const { Body, ContentType, CacheControl } = await s3.send(
      new GetObjectCommand({ Bucket: WEB_BUCKET, Key }),
    );
    return {
      statusCode: 200,
      headers: {
        ...PORTAL_HEADERS,
        'content-type': ContentType ?? 'application/octet-stream',
        'cache-control': CacheControl ?? 'no-cache',
      },
      body: (await Body?.transformToString('base64')) ?? '',
      isBase64Encoded: true,
    };
  } catch (error) {
    if (!(error instanceof NoSuchKey)) throw error;
    return { statusCode: 404, headers: PORTAL_HEADERS, body: '' };
  }
}
