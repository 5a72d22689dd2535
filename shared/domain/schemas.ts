/** Parts that schemas share, made once: a function is not ready before its schemas are made. */
import * as z from 'zod/mini';

/** A text that says something. */
export const Words = z.string().check(z.minLength(1));

/** A SHA-256 in hexadecimal. */
export const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** An object without fields: what is said by its name alone, or takes nothing. */
export const NOTHING = z.strictObject({});
