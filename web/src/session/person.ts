/** The person who is signed in, for the pages inside. */
import { createContext, useContext } from 'react';
import { ROLES, type Role } from '../../../shared/domain/history.ts';
import type { Person } from '../../../shared/domain/person.ts';

export type { Person };
export const PersonContext = createContext<Person | undefined>(undefined);

export function usePerson(): Person {
  const person = useContext(PersonContext);
  if (!person) throw new Error('only pages of signed-in people ask who is signed in');
  return person;
}

export const roleTitle = (role: Role): string => ROLES[role];
