/** Somebody with an account, as the API takes them: an actor, and of whom they act for an agency its filing number. */
import type * as z from 'zod';
import { FilingNumber } from './agency.ts';
import { Actor } from './history.ts';

export const Person = Actor.extend({ agency: FilingNumber.optional() });
export type Person = z.infer<typeof Person>;
