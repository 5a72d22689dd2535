/** A JSON value. What flows between states is always one of these, never a live object of a library. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** The service's quota for a state's input, output, result or variables, in bytes of UTF-8. */
export const PAYLOAD_QUOTA_BYTES = 262_144;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const exceedsQuota = (text: string): boolean =>
  // Three bytes a UTF-16 unit is the most UTF-8 needs, so short texts are not measured.
  text.length * 3 > PAYLOAD_QUOTA_BYTES && Buffer.byteLength(text) > PAYLOAD_QUOTA_BYTES;

/**
 * A copy of what an expression or a function returned as plain JSON: a number that JSON lacks becomes the
 * string that names it, as on the service; functions and undefined members are left out.
 */
export function plain(value: unknown): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'object':
      break;
    default:
      return null;
  }
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(plain);
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON());
  const copy: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined || typeof member === 'function') continue;
    if (key === '__proto__') Object.defineProperty(copy, key, { value: plain(member), enumerable: true });
    else copy[key] = plain(member);
  }
  return copy;
}
