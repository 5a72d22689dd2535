/** What somebody has been told, as their inbox shows it. */
import type { InboxPage } from '../../shared/app/inbox.ts';
import { aCity, type City } from './city.ts';

export const inbox = async (city: City, account: string, query = '') =>
  (await city.as(account)).get<InboxPage>(`/inbox${query}`);

/** The kinds of what somebody has been told, the earliest first. */
export const told = async (city: City, account: string) =>
  (await inbox(city, account)).records.map(({ kind }) => kind).reverse();

export const latest = async (city: City, account: string, kind: string) =>
  (await inbox(city, account)).records.find((one) => one.kind === kind);

/** The titles of one kind. */
export const titles = async (city: City, account: string, kind: string) =>
  (await inbox(city, account)).records.filter((one) => one.kind === kind).map(({ title }) => title);

export async function cityAt(...to: Parameters<City['to']>): Promise<City> {
  const city = await aCity();
  await city.start();
  await city.to(...to);
  return city;
}

export const laterBy = ({ clock }: City, hours: number) =>
  new Date(clock.now().getTime() + hours * 3_600_000).toISOString();
