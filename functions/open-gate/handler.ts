import * as z from 'zod/mini';
import { enterGate } from '../../shared/app/enter-gate.ts';
import type { Deps } from '../../shared/app/ports.ts';
import { expectDone } from '../../shared/app/refusal.ts';
import { GATE_NAMES } from '../../shared/domain/gates.ts';
import { stepHandler, Year } from '../step.ts';

const GateEntry = z.extend(Year, { gate: z.enum(GATE_NAMES), token: z.string(), enteredAt: z.string() });

export const makeHandler = (deps: Deps) =>
  stepHandler('open-gate', GateEntry, deps, async (entry) => expectDone(await enterGate(deps, entry)));
