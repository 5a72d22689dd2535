/** Telling people of open cases for a veto 一票否决案: the agency before its time to speak is over, and staff when nobody decides. */
import type { Dossier } from '../domain/dossier.ts';
import { ROLES, type Role } from '../domain/history.ts';
import { printedDeadline } from '../domain/messages.ts';
import type { Settings } from '../domain/settings.ts';
import { escalations, reminders } from '../domain/told.ts';
import { openCases, stageOf, type VetoCase } from '../domain/veto.ts';
import { queueMessage } from './messages.ts';
import type { Deps } from './ports.ts';
import { readCycle } from './records.ts';
import { Refusal } from './refusal.ts';
import { once } from './telling.ts';
import { agenciesWithCases } from './veto-marks.ts';

/** Tells what is due to be told of the year's open cases; called by every sweep. */
export async function tellOfCases(deps: Deps, year: number): Promise<void> {
  const cycle = await readCycle(deps, year);
  if (cycle instanceof Refusal) return;
  for await (const dossier of agenciesWithCases(deps, year)) {
    for (const one of openCases(dossier)) {
      if (stageOf(one) === 'hearing') await remind(deps, dossier, one, cycle.settings);
      else await callStaff(deps, dossier, one, cycle.settings);
    }
  }
}

async function remind(deps: Deps, dossier: Dossier, one: VetoCase, settings: Settings): Promise<void> {
  const { year, filingNumber } = dossier;
  const { id, proposedAt, answerBy: deadline } = one;
  const now = deps.clock.now().toISOString();
  if (now > deadline) return;
  const reminder = reminders(deadline, settings).findLast(({ at }) => at > proposedAt && at <= now);
  if (!reminder) return;
  const about = { year, filingNumber, deadline };
  const fields = { year, deadline: printedDeadline(deadline) };
  await once(deps, year, `veto#${filingNumber}#${id}#${deadline}#${reminder.days}`, {}, (of) =>
    queueMessage(deps, 'vetoStatementDue', { agency: filingNumber }, { at: reminder.at, of, about }, fields),
  );
}

/** The role whose turn it is again, then the next one up. A case that goes on is called for anew. */
async function callStaff(
  deps: Deps,
  { year, filingNumber, agency }: Dossier,
  one: VetoCase,
  settings: Settings,
): Promise<void> {
  const now = deps.clock.now().toISOString();
  const staff: Role = stageOf(one) === 'signing' ? 'director' : 'approver';
  const since = one.confirmations.at(-1)?.at ?? one.heardAt ?? one.proposedAt;
  for (const { days, at, to } of escalations(staff, since, settings)) {
    if (at > now) return;
    const about = { year, filingNumber };
    const fields = { year, agency: agency.name, role: ROLES[staff], days };
    await once(deps, year, `veto#${filingNumber}#${one.id}#${since}#${days}`, {}, (of) =>
      queueMessage(deps, 'vetoWaits', { role: to }, { at, of, about }, fields),
    );
  }
}
