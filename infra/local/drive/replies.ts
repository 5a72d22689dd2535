/** What agencies say to their results in a year and what the centre replies, as the folder says. */
import type { FiledObjection } from '../folder/index.ts';
import { acceptDraftResult, answerDraftResult, object } from './agencies.ts';
import { dossiers } from './centre.ts';
import { dueDate, morningOf, moveTo, pause, readCycle, Unanswered, waitForSweep, type Year } from './year.ts';

/** Every agency with an account accepts its draft result, unless the folder holds its answer; answers get their replies. */
export async function hearAgencies(year: Year, deadline: string): Promise<void> {
  const { answers, selfEvaluations } = year.folder;
  const shown = (await dossiers(year)).filter(({ status }) => status === 'drafted');
  year.report(`初评结果反馈：${shown.length} 家机构`);
  const raised: { objection: FiledObjection; due: Date }[] = [];
  for (const { filingNumber } of shown) {
    const answer = answers.find((one) => one.filingNumber === filingNumber);
    if (answer) {
      await answerDraftResult(year, answer);
      raised.push({ objection: answer, due: dueDate(year, planned(year, 'answers', answer).afterDays) });
    } else if (selfEvaluations.has(filingNumber)) await acceptDraftResult(year, filingNumber);
  }
  await replyInOrder(year, 'answers', raised);
  const { gate } = await readCycle(year);
  if (gate?.gate === 'answerDraftResults') await waitForSweep(year, deadline);
}

/**
 * Each agency's first objections are raised together and decided in the order of their due dates; a second one can only
 * follow the decision on the first. Then the announcement runs out.
 */
export async function receiveObjections(year: Year, deadline: string): Promise<void> {
  const { objections } = year.folder;
  const rounds = [...new Set(objections.map(({ number }) => number))].sort((a, b) => a - b);
  if (rounds.length > 0) await waitForMorning(year);
  for (const round of rounds) {
    const raised: { objection: FiledObjection; due: Date }[] = [];
    for (const objection of objections.filter(({ number }) => number === round)) {
      if (objection.raisedOn) await moveTo(year, morningOf(objection.raisedOn));
      await object(year, objection);
      raised.push({ objection, due: dueDate(year, planned(year, 'objections', objection).afterDays) });
    }
    await replyInOrder(year, 'objections', raised);
  }
  await waitForSweep(year, deadline);
}

const waitForMorning = (year: Year) => moveTo(year, dueDate(year, 1));

type Kind = 'answers' | 'objections';

const WORDS = {
  answers: { route: 'answer-decision', upheld: '采纳，更正后重新计分', rejected: '不采纳', noun: '申辩' },
  objections: {
    route: 'objection-decision',
    upheld: '成立，更正后重新计分',
    rejected: '不成立',
    noun: '异议',
  },
} as const;

function planned(year: Year, kind: Kind, { filingNumber, number, source }: FiledObjection) {
  const found = year.folder.decisions[kind].find(
    (one) => one.filingNumber === filingNumber && one.number === number,
  );
  if (!found) throw new Unanswered(`decisions.yaml 没有写明对 ${source} 的处理决定`);
  return found;
}

async function replyInOrder(
  year: Year,
  kind: Kind,
  raised: { objection: FiledObjection; due: Date }[],
): Promise<void> {
  for (const { objection, due } of raised.sort((a, b) => a.due.getTime() - b.due.getTime())) {
    await moveTo(year, due);
    await reply(year, kind, objection);
  }
}

async function reply(year: Year, kind: Kind, objection: FiledObjection): Promise<void> {
  const { by, verdict, reason, corrections } = planned(year, kind, objection);
  const { route, noun, [verdict]: outcome } = WORDS[kind];
  const { filingNumber } = objection;
  const client = await year.actors.as(by);
  const body = { verdict, reason, corrections };
  await client.post(`/cycles/${year.folder.year}/dossiers/${filingNumber}/${route}`, body);
  const { nameOf } = year.actors;
  year.report(`${noun}处理：${nameOf(by)}认定${nameOf(filingNumber)}的${noun}${outcome}`);
  await pause(year);
}
