/** What the functions of all cities called of AWS: written down for the comparison with what they are granted. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { grantText, type Use } from '../../infra/local/roles.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder in which the cities of one run leave their uses. */
    uses?: string;
  }
}

/** `serve-cycles: dynamodb:PutItem on table` */
export const useText = (functionName: string, grant: Parameters<typeof grantText>[0]) =>
  `${functionName}: ${grantText(grant)}`;

/** Notes the uses of one city. Closing it fails when a function called what it is not granted. */
export function useBook() {
  const used = new Set<string>();
  const denied = new Set<string>();
  return {
    note(use: Use) {
      (use.granted ? used : denied).add(useText(use.function, use));
    },
    close() {
      // A measurement lives in cities too, outside of any test.
      const folder = process.env.VITEST ? inject('uses') : undefined;
      if (folder) writeFileSync(join(folder, randomUUID()), [...used].join('\n'));
      if (denied.size === 0) return;
      throw new Error(`called, but not granted in infra/permissions.ts:\n  ${[...denied].join('\n  ')}`);
    },
  };
}

/** The uses of all cities so far. */
export function usesIn(folder: string): Set<string> {
  const notes = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  return new Set(notes.flatMap((text) => text.split('\n')).filter(Boolean));
}
