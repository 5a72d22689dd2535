/** An agency at its self-evaluation form, with mouse and keyboard. */
import type { Locator, Page } from 'playwright-core';
import type { RubricItem } from '../../shared/domain/rubric.ts';

/** Goes to a part of the form by the navigation beside it. */
export async function openPart(page: Page, title: string | RegExp): Promise<void> {
  await page.getByRole('navigation', { name: '自评表各部分' }).getByRole('link', { name: title }).click();
}

/** Fills in one item at its best. */
export async function fillItem(page: Page, item: RubricItem): Promise<void> {
  const card = page.locator(`#${item.code}`);
  await card.waitFor();
  switch (item.kind) {
    case 'banded':
      return fillNumbers(card, item.measure.type === 'rate' ? '10' : '0');
    case 'deduction':
      return fillNumbers(card, '0');
    case 'checklist':
      for (const { label } of item.lines) await card.getByRole('checkbox', { name: label }).check();
      return;
    case 'graded':
      await card.getByRole('radio').first().check();
      await card.getByLabel('评定理由').fill('对照 A 等各项要求，均有记录。');
  }
}

async function fillNumbers(card: Locator, number: string): Promise<void> {
  for (const field of await card.locator('input.number').all()) await field.fill(number);
}

export interface LocalFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Chooses files for an item and says which day they date from; they are sent by themselves. */
export async function attach(
  page: Page,
  code: string,
  files: LocalFile[],
  day = '2021-06-30',
): Promise<void> {
  const card = page.locator(`#${code}`);
  await card.locator('input[type=file]').setInputFiles(files);
  for (const { name } of files) {
    await card.getByRole('listitem').filter({ hasText: name }).getByLabel('形成日期').fill(day);
  }
}
