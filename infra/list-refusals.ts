/** `npm run docs`: the table of refusals in `docs/errors.md`, from the registry that answers them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { REFUSALS } from '../shared/app/refusal.ts';
import { replaceMarked } from './marked-page.ts';

export const ERRORS_PAGE = fileURLToPath(new URL('../docs/errors.md', import.meta.url));

export function withRefusals(page: string): string {
  const rows = Object.entries(REFUSALS).map(
    ([code, { status, message }]) => `| \`${code}\` | ${status} | ${message.replaceAll('|', '\\|')} |`,
  );
  return replaceMarked(page, 'refusals', ['| code | HTTP | message |', '|---|---|---|', ...rows].join('\n'));
}

if (import.meta.main) writeFileSync(ERRORS_PAGE, withRefusals(readFileSync(ERRORS_PAGE, 'utf8')));
