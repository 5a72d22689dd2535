import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** N = 2^15, r = 8: 32 MB and some 0.1 s a guess. */
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 ** 2 };
// Without 0, O, 1, l and I, so that a password survives being read from paper.
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

export type RandomBytes = (size: number) => Buffer;

const derive = (password: string, salt: Buffer) =>
  new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, COST, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

/** `salt.hash`, base64. */
export async function hashPassword(password: string, random: RandomBytes = randomBytes): Promise<string> {
  const salt = random(16);
  return `${salt.toString('base64')}.${(await derive(password, salt)).toString('base64')}`;
}

/** Takes as long for an account that does not exist (`undefined`) as for one that does. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [salt = '', hash = ''] = stored?.split('.') ?? [];
  const [actual, expected] = [
    await derive(password, Buffer.from(salt, 'base64')),
    Buffer.from(hash, 'base64'),
  ];
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** 16 characters, 92 bits. */
export function generatePassword(random: RandomBytes = randomBytes): string {
  let password = '';
  while (password.length < 16) {
    // Bytes beyond the last whole alphabet are thrown away: a remainder would favour its first letters.
    for (const byte of random(24)) {
      if (byte < 256 - (256 % ALPHABET.length) && password.length < 16)
        password += ALPHABET[byte % ALPHABET.length];
    }
  }
  return password;
}
