/** What a handler makes of the flags of one submission, as the folder's decisions say. */
import type { Correction } from '../../../shared/domain/corrected-facts.ts';
import { FLAG_TITLES, type Flag } from '../../../shared/domain/flag.ts';
import type { AcceptedFlags } from '../folder/index.ts';
import type { Client } from './client.ts';
import { Unanswered, type Year } from './year.ts';

type SeenFlag = Flag & { id: string; treatment?: unknown };

/** Flags of items that the folder corrects are corrected; of the others each is accepted for a reason it gives. */
export async function treatFlags(
  year: Year,
  client: Client,
  filingNumber: string,
  corrections: readonly Correction[],
): Promise<void> {
  const path = `/cycles/${year.folder.year}/dossiers/${filingNumber}`;
  const { flags } = await client.get<{ flags: SeenFlag[] }>(path);
  const open = flags.filter(({ treatment }) => treatment === undefined);
  const missing: string[] = [];
  for (const { id, ...flag } of open) {
    const corrected = corrections.filter(({ item }) => item === flag.item);
    const accepted = acceptanceOf(year, filingNumber, flag);
    const [correction] = corrected;
    const treated = correction
      ? { treatment: 'corrected', corrections: corrected, reason: correction.reason }
      : accepted && { treatment: 'accepted', reason: accepted.reason };
    if (treated) await client.post(`${path}/flag-treatments`, { flags: [id], ...treated });
    else missing.push(`${filingNumber} ${flag.code}（${FLAG_TITLES[flag.code]}）：${flag.detail}`);
  }
  if (missing.length === 0) return;
  throw new Unanswered(
    `下列预警没有处理办法，请在 decisions.yaml 的 deskReview.corrections 中更正，或在 acceptedFlags 中写明采信的理由：\n  ${missing.join('\n  ')}`,
  );
}

/** The first line that speaks of such a flag. */
function acceptanceOf({ folder }: Year, filingNumber: string, flag: Flag): AcceptedFlags | undefined {
  return folder.decisions.deskReview.acceptedFlags.find(
    (line) =>
      (line.filingNumber ?? filingNumber) === filingNumber &&
      (line.code ?? flag.code) === flag.code &&
      (line.item ?? flag.item) === flag.item,
  );
}
