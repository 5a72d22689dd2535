/** Everybody who takes part in a year, each with an account and a token of their own. */

import type { InputFolder, StaffRole } from '../folder/index.ts';
import { signIn } from '../login/sign-in.ts';
import { apiClient, type Client } from './client.ts';
import type { Stage } from './stage.ts';

const ROLE_OF: Record<StaffRole, 'handler' | 'approver' | 'director' | 'auditor' | 'inspector'> = {
  handlers: 'handler',
  approvers: 'approver',
  directors: 'director',
  auditors: 'auditor',
  inspectors: 'inspector',
};

export interface Actors {
  /** A member of staff by id, or an agency by filing number; signed in at first use. */
  as(id: string): Promise<Client>;
  nameOf(id: string): string;
}

/** Creates the accounts that are not there from an earlier year. */
export async function enlist({ runtime, passwords }: Stage, folder: InputFolder): Promise<Actors> {
  const staff = (Object.keys(ROLE_OF) as StaffRole[]).flatMap((group) =>
    folder.staff[group].map(({ id, name }) => ({ id, username: id, name, role: ROLE_OF[group] })),
  );
  const agencies = folder.registry.agencies.map(({ filingNumber, name }) => ({
    id: filingNumber,
    username: filingNumber,
    name: name.slice(0, 50),
    role: 'agency' as const,
    agency: filingNumber,
  }));
  const people = [...staff, ...agencies.filter(({ id }) => folder.selfEvaluations.has(id))];
  const newcomers = people.filter(({ id }) => !passwords.has(id));
  await Promise.all(
    newcomers.map(async (person) => passwords.set(person.id, (await runtime.accounts.add(person)).password)),
  );
  const clients = new Map<string, Promise<Client>>();
  const enter = async (username: string): Promise<Client> => {
    const password = passwords.get(username);
    if (!password) throw new Error(`nobody is called ${username}`);
    const tokens = await signIn({ ...runtime.signIn, username, password });
    return apiClient(runtime.origin, tokens.access_token);
  };
  const as = (id: string) => {
    const client = clients.get(id) ?? enter(id);
    clients.set(id, client);
    return client;
  };
  await Promise.all(people.map(({ id }) => as(id)));
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return { as, nameOf: (id) => names.get(id) ?? id };
}
