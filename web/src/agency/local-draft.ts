/** What was typed and is not on the server yet, on this machine: by person, so that nobody finds another's on a shared one. */
import type { Form } from './entries.ts';

export interface Kept {
  form: Form;
  /** The version of the server's draft that it goes on from. */
  version: number;
}

export interface LocalDraft {
  read(): Kept | undefined;
  write(kept: Kept): void;
  clear(): void;
}

/** A browser that keeps nothing (full, or forbidden to) still saves to the server. */
export function localDraft(person: string, year: number, filingNumber: string): LocalDraft {
  const key = `xingping.draft.${person}.${year}.${filingNumber}`;
  return {
    read() {
      try {
        const text = window.localStorage.getItem(key);
        const kept: unknown = text === null ? undefined : JSON.parse(text);
        return isKept(kept) ? kept : undefined;
      } catch {
        return undefined;
      }
    },
    write(kept) {
      try {
        window.localStorage.setItem(key, JSON.stringify(kept));
      } catch {
        return;
      }
    },
    clear() {
      window.localStorage.removeItem(key);
    },
  };
}

function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null && 'form' in value && 'version' in value;
}
