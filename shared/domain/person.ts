/** Somebody with an account, as the API takes them: an actor, and of whom they act for an agency its filing number. */
import * as z from 'zod/mini';
import { FilingNumber } from './agency.ts';
import { Actor } from './history.ts';

export const Person = z.extend(Actor, { agency: z.optional(FilingNumber) });
export type Person = z.infer<typeof Person>;
