/** Where people want their messages sent: each gives their own address. Without one, the inbox alone holds them. */
import * as z from 'zod/mini';
import { Role } from '../domain/history.ts';
import type { Recipient } from '../domain/messages.ts';
import { inboxesOf, type Reader } from './inbox.ts';
import { inboxOf } from './messages.ts';
import type { Deps, RecordKey } from './ports.ts';

export const Address = z.strictObject({ email: z.nullable(z.email().check(z.maxLength(200))) });
export type Address = z.infer<typeof Address>;

const addressKey = (inbox: string, person: string): RecordKey => ({ pk: `ADDRESS#${inbox}`, sk: person });

export async function addressesOf(deps: Deps, to: Recipient): Promise<string[]> {
  const { records } = await deps.items.page(`ADDRESS#${inboxOf(to)}`, Address, null, 100);
  return [...new Set(records.flatMap(({ value: { email } }) => email ?? []))];
}

export async function readAddress(deps: Deps, reader: Reader): Promise<Address> {
  const [inbox = ''] = inboxesOf(reader);
  return (await deps.items.get(addressKey(inbox, reader.id), Address)) ?? { email: null };
}

/** Keeps it for every inbox that the person reads now, and for no other: whoever changes roles leaves the old one's mail. */
export async function keepAddress(deps: Deps, reader: Reader, address: Address): Promise<Address> {
  const own = inboxesOf(reader);
  const others = Role.options.map((role) => inboxOf({ role })).filter((inbox) => !own.includes(inbox));
  for (const inbox of others) await deps.items.remove(addressKey(inbox, reader.id));
  for (const inbox of own) await deps.items.put(addressKey(inbox, reader.id), address);
  return address;
}
