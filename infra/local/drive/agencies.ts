/** What agencies do in a year: upload, fill in, submit, object. */
import { readFile } from 'node:fs/promises';
import type { Answer, Answers, EvidenceRef } from '../../../shared/domain/facts.ts';
import type { FiledObjection, LocalFile, SelfEvaluation } from '../folder/index.ts';
import type { Client } from './client.ts';
import { pause, type Year } from './year.ts';

interface Grant {
  id: string;
  url: string;
  headers: Record<string, string>;
}

/** Sends files through presigned URLs; the refs by path inside the folder. */
export async function upload(client: Client, dossier: string, files: readonly LocalFile[]) {
  const refs = new Map<string, EvidenceRef>();
  for (const { path, location, ...declared } of files) {
    const grant = await client.post<Grant>(`${dossier}/uploads`, declared);
    const body = new Uint8Array(await readFile(location));
    const put = await fetch(grant.url, { method: 'PUT', headers: grant.headers, body });
    if (!put.ok) throw new Error(`upload of ${path} was refused: ${put.status} ${await put.text()}`);
    refs.set(path, await client.post<EvidenceRef>(`${dossier}/uploads/${grant.id}/confirmation`, {}));
  }
  return refs;
}

/** The folder's answers name files by path; the API knows them by the id of their upload. */
function attach(answers: Answers, refs: Map<string, EvidenceRef>): Answers {
  const attached = <A extends Pick<Answer, 'evidence'>>(answer: A): A => ({
    ...answer,
    ...(answer.evidence && { evidence: answer.evidence.flatMap(({ id }) => refs.get(id) ?? []) }),
  });
  const each = <A extends Pick<Answer, 'evidence'>>(record: Record<string, A>) =>
    Object.fromEntries(Object.entries(record).map(([code, answer]) => [code, attached(answer)]));
  return { items: each(answers.items), bonus: each(answers.bonus) };
}

/** Uploads a form's files and saves its answers, as far as they go. */
export async function saveDraft(year: Year, filingNumber: string, form: SelfEvaluation) {
  const client = await year.actors.as(filingNumber);
  const dossier = `/cycles/${year.folder.year}/dossiers/${filingNumber}`;
  const refs = await upload(client, dossier, form.files);
  const answers = attach(form.answers, refs);
  await client.put(`${dossier}/draft`, answers);
  await pause(year);
  return { client, dossier, refs, answers };
}

export async function fileSelfEvaluation(year: Year, filingNumber: string, form: SelfEvaluation) {
  const { client, dossier, refs, answers } = await saveDraft(year, filingNumber, form);
  const { commitment } = form;
  const receipt = await client.post<{ claimed: string }>(`${dossier}/submission`, { answers, commitment });
  const name = year.actors.nameOf(filingNumber);
  year.report(`${name}提交自评：自评 ${receipt.claimed} 分，佐证材料 ${refs.size} 份`);
  await pause(year);
}

export async function object(year: Year, objection: FiledObjection): Promise<void> {
  await speak(year, objection, 'objections');
  const { filingNumber, items } = objection;
  year.report(`${year.actors.nameOf(filingNumber)}对 ${items.join('、')} 提出异议`);
  await pause(year);
}

async function speak(year: Year, { filingNumber, items, reason, files }: FiledObjection, act: string) {
  const client = await year.actors.as(filingNumber);
  const dossier = `/cycles/${year.folder.year}/dossiers/${filingNumber}`;
  const evidence = [...(await upload(client, dossier, files)).values()];
  await client.post(`${dossier}/${act}`, { items, reason, evidence });
}

/** Answers the draft result on facts. */
export async function answerDraftResult(year: Year, answer: FiledObjection): Promise<void> {
  await speak(year, answer, 'draft-result-answer');
  const { filingNumber, items } = answer;
  year.report(`${year.actors.nameOf(filingNumber)}对初评结果 ${items.join('、')} 陈述申辩`);
  await pause(year);
}

export async function acceptDraftResult(year: Year, filingNumber: string): Promise<void> {
  const client = await year.actors.as(filingNumber);
  await client.post(`/cycles/${year.folder.year}/dossiers/${filingNumber}/draft-result-acceptance`, {});
  await pause(year);
}
