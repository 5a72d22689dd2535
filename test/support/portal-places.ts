/** Every page of the portal, as its router lists them: a page that is added is looked at by the tests without being named there. */
import * as z from 'zod';

const WorkPlaces = z.array(z.object({ path: z.string(), roles: z.array(z.string()) }));
const PublicPlaces = z.array(z.object({ path: z.string() }));

// The portal is compiled for browsers, with settings of its own: what it exports is taken at run time.
const load = async (file: string): Promise<Record<string, unknown>> =>
  import(new URL(`../../web/src/${file}`, import.meta.url).pathname);

/** Values for the parts of an address that vary; an address is made for every combination. */
export type Values = Readonly<Record<string, readonly string[]>>;

export async function publicPaths(values: Values): Promise<string[]> {
  const places = PublicPlaces.parse((await load('public/places.ts')).PUBLIC_PLACES);
  return places.flatMap(({ path }) => addresses(path, values)).map((path) => `/${path}`);
}

/** What whoever has this role may open. */
export async function pathsOf(role: string, values: Values): Promise<string[]> {
  const places = WorkPlaces.parse((await load('work/places.ts')).PLACES);
  const own = places.filter(({ roles }) => roles.includes(role));
  return own.flatMap(({ path }) => addresses(path, values)).map((path) => `/work/${path}`.replace(/\/$/, ''));
}

function addresses(pattern: string, values: Values): string[] {
  return pattern.split('/').reduce<string[]>(
    (begun, part) => {
      const choices = part.startsWith(':') ? values[part.slice(1)] : [part];
      if (!choices) throw new Error(`say what ${part} may be in ${pattern}`);
      return begun.flatMap((before) =>
        choices.map((choice) => (before === '' ? choice : `${before}/${choice}`)),
      );
    },
    [''],
  );
}
