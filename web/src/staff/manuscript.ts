/** The circular while it is prepared and signed: its text, the figures that the text is bound to, and the annex. */
import * as z from 'zod/mini';
import { toHtml } from '../../../shared/documents/html/html.ts';
import { circularDocument } from '../../../shared/documents/types/circular.ts';
import { CircularFigures, CircularText } from '../../../shared/domain/narrative/figures.ts';
import { api } from '../session/api.ts';
import { today } from '../ui/dates.ts';
import { readYear, type WholeYear } from './cycle.ts';

const Row = z.looseObject({
  number: z.int(),
  name: z.string(),
  filingNumber: z.string(),
  filingType: z.optional(z.string()),
  filingTerm: z.string(),
  stars: z.int(),
  result: z.string(),
});

const Contradicting = z.looseObject({
  section: z.string(),
  sentence: z.string(),
  found: z.string(),
  right: z.string(),
  explanation: z.string(),
  explained: z.nullable(z.looseObject({ reason: z.string(), by: z.string() })),
});

export const Manuscript = z.looseObject({
  year: z.int(),
  text: CircularText,
  drafted: CircularText,
  figures: CircularFigures,
  contradictions: z.array(Contradicting),
  annex: z.array(Row),
});
export type Manuscript = z.infer<typeof Manuscript>;

export const circularPath = (year: number) => `/cycles/${year}/circular`;

export interface AtCircular {
  cycle: WholeYear;
  manuscript: Manuscript;
}

export async function readManuscript(year: number): Promise<AtCircular> {
  const [cycle, manuscript] = await Promise.all([readYear(year), api.get(circularPath(year), Manuscript)]);
  return { cycle, manuscript };
}

/** The page as it would be published if it were signed today: made by the same code as the published one. */
export function previewOf({ cycle, manuscript }: AtCircular): string {
  const { settings, year } = cycle;
  const { figures, text, annex } = manuscript;
  const { population, byFilingType, leftOut, bands, percentNote } = figures;
  return toHtml(
    circularDocument({
      year,
      number: settings.documents.circular ?? null,
      noticeNumber: settings.documents.notice ?? null,
      centre: settings.centre,
      city: settings.city,
      recipients: settings.recipients,
      date: today(),
      population,
      byFilingType,
      leftOut,
      bands,
      percentNote,
      text,
      annex,
      sampleData: settings.sampleData,
    }),
  );
}
