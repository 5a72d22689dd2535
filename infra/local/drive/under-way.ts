/** A year in the middle of things: the notice is out, and the agencies are at their forms. */
import type { SelfEvaluation } from '../folder/index.ts';
import { fileSelfEvaluation, saveDraft } from './agencies.ts';
import { decided } from './centre.ts';
import { registerInspectors } from './run.ts';
import { moveTo, pause, type Year } from './year.ts';

/** How far the agencies are; those that are not named have not begun. */
export interface Standing {
  filed: readonly string[];
  /** Of those that filed: who is asked to correct what. */
  returned: { filingNumber: string; reason: string };
  /** Begun, and saved. */
  begun: readonly string[];
}

/** Begins the year by hand and lets the agencies work until an instant. */
export async function beginYear(year: Year, standing: Standing, until: Date): Promise<void> {
  const { folder, actors, clock } = year;
  const handler = await actors.as(folder.staff.handlers[0]?.id ?? '');
  await handler.post('/cycles', { year: folder.year });
  await pause(year);
  await registerInspectors(year);
  for (const gate of ['prepareNotice', 'approveNotice'] as const) {
    const [planned] = folder.decisions.gates[gate] ?? [];
    if (planned) await decided(year, { gate, attempt: 1 }, planned);
  }
  const { filed, returned, begun } = standing;
  const step = (until.getTime() - clock.now().getTime()) / (filed.length + begun.length + 1);
  const wait = () => moveTo(year, new Date(clock.now().getTime() + step));
  for (const filingNumber of filed) {
    await wait();
    await fileSelfEvaluation(year, filingNumber, formOf(year, filingNumber));
  }
  for (const filingNumber of begun) {
    await wait();
    await saveDraft(year, filingNumber, halfOf(formOf(year, filingNumber)));
  }
  const { filingNumber, reason } = returned;
  await handler.post(`/cycles/${folder.year}/dossiers/${filingNumber}/return`, { reason });
  await moveTo(year, until);
}

function formOf({ folder }: Year, filingNumber: string): SelfEvaluation {
  const form = folder.selfEvaluations.get(filingNumber);
  if (!form) throw new Error(`${filingNumber} has no form`);
  return form;
}

/** The first three parts, with the first of the files. */
function halfOf({ answers, files, ...form }: SelfEvaluation): SelfEvaluation {
  const items = Object.entries(answers.items).filter(([code]) => /^[ABC]/.test(code));
  return { ...form, answers: { items: Object.fromEntries(items), bonus: {} }, files: files.slice(0, 1) };
}
