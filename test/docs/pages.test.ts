import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPENAPI, withApi } from '../../infra/describe-api.ts';
import { PAGE, pictureOf, withStateTables, workflowSvg } from '../../infra/draw-workflow.ts';
import { ERRORS_PAGE, withRefusals } from '../../infra/list-refusals.ts';
import { RUN_NAMES } from '../../shared/domain/gates.ts';

const read = (path: string) => readFileSync(path, 'utf8');

describe('pages that are made from the code (npm run docs)', () => {
  it.each(RUN_NAMES)('the picture of %s is up to date', (run) => {
    expect(read(pictureOf(run))).toBe(workflowSvg(run));
  });

  it('the tables of states are up to date', () => {
    expect(read(PAGE)).toBe(withStateTables(read(PAGE)));
  });

  it('the table of refusals is up to date', () => {
    expect(read(ERRORS_PAGE)).toBe(withRefusals(read(ERRORS_PAGE)));
  });

  it('the description of the API is up to date', () => {
    expect(read(OPENAPI)).toBe(withApi());
  });
});

const pages = ['.', 'docs', 'docs/decisions', 'infra/local', 'infra/local/step-functions'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

it.each(pages)('%s links to what is there', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target);
  for (const target of links) {
    const path = join(dirname(page), target);
    expect(() => readdirSync(dirname(path)), path).not.toThrow();
    expect([page, target, readdirSync(dirname(path)).includes(path.split('/').at(-1) ?? '')]).toEqual([
      page,
      target,
      true,
    ]);
  }
});
