import { createHash } from 'node:crypto';
import type { Failure } from './failure.ts';
import type { Json, JsonObject } from './json.ts';

/** What `lambda:invoke` answers. The request's id follows from `seed`, so that a repeated run answers the same. */
export function invocationResult(payload: Json, seed: string): JsonObject {
  const hex = createHash('sha1').update(seed).digest('hex');
  const requestId = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ];
  return {
    ExecutedVersion: '$LATEST',
    Payload: payload,
    SdkHttpMetadata: { HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId.join('-') },
    StatusCode: 200,
  };
}

/**
 * A function's error as the service passes it on: its name, and Lambda's report as the cause. Errors of the
 * Lambda service itself (`Lambda.…`) and of this engine's caller (`States.…`) have a plain cause.
 */
export function invocationFailure(thrown: unknown): Failure {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (/^(Lambda|States)\./.test(error.name)) return { error: error.name, cause: error.message };
  const trace = error.stack?.split('\n') ?? [];
  const report = { errorType: error.name, errorMessage: error.message, trace };
  return { error: error.name, cause: JSON.stringify(report) };
}
