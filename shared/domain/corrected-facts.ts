/** Facts that somebody put right, with the reason: at the desk, after an agency's answer, after an objection. */
import * as z from 'zod/mini';
import { type Answers, Facts } from './facts.ts';
import { Words } from './schemas.ts';

export const Correction = z.strictObject({
  item: z.string(),
  facts: Facts,
  reason: Words,
});
export type Correction = z.infer<typeof Correction>;

/** Answers with some items' facts replaced; evidence and remarks stay with the claim. */
export function correct(answers: Answers, corrections: readonly Correction[]): Answers {
  const items = { ...answers.items };
  for (const { item, facts } of corrections) {
    const { notApplicable: _dropped, ...kept } = items[item] ?? {};
    items[item] = { ...kept, facts };
  }
  return { ...answers, items };
}

/** Codes of items declared not applicable: an item whose facts somebody has put on record applies. */
export function stillNotApplicable(codes: readonly string[], corrections: readonly Correction[]): string[] {
  return codes.filter((code) => !corrections.some(({ item }) => item === code));
}
