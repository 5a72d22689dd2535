import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';

export interface Authorizer {
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer's keys are, or the keys themselves. */
  readonly keys: URL | JWTVerifyGetKey;
  /**
   * The time tokens are checked against: the issuer's, not the platform's. The embedded issuer mints by the
   * machine's clock while the platform's may have been moved by months. Absent: the machine's.
   */
  readonly now?: () => Date;
}

/** The service accepts RSA signatures and nothing else; a symmetric algorithm would take the public key for a secret. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512'];

/** Checks the bearer token of an Authorization header. @returns its claims, or `undefined` when it does not hold. */
export function tokenVerifier({ issuer, audience, keys, now }: Authorizer) {
  const getKey = keys instanceof URL ? createRemoteJWKSet(keys) : keys;
  return async (authorization: string | undefined): Promise<JWTPayload | undefined> => {
    const token = /^(?:Bearer )?([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return undefined;
    const options = { issuer, audience, algorithms: ALGORITHMS, requiredClaims: ['exp'] };
    try {
      const { payload } = await jwtVerify(token, getKey, now ? { ...options, currentDate: now() } : options);
      return payload;
    } catch {
      return undefined;
    }
  };
}
