/** What the tests read of a state machine's file. */
import { readFileSync } from 'node:fs';
import { definitionFile } from '../../infra/definition.ts';
import { type GateName, RUN_GATES, type RunName } from '../../shared/domain/gates.ts';

export interface State {
  Type: string;
  Next?: string;
  Default?: string;
  Choices?: { Next: string; Condition: string }[];
  Retry?: unknown[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  TimeoutSeconds?: number;
  Resource?: string;
  Arguments?: { FunctionName: string; Payload: { gate?: GateName } };
}

const fileOf = (run: RunName): { StartAt: string; States: Record<string, State> } =>
  JSON.parse(readFileSync(definitionFile(run), 'utf8'));

export const statesOf = (run: RunName) => fileOf(run).States;

export const gatesOf = (run: RunName) => Object.keys(RUN_GATES[run]) as GateName[];

/** The table of contents: from the first state along `Next` and `Default` to the end. */
export function straightThrough(run: RunName): string[] {
  const { StartAt, States } = fileOf(run);
  const names = [StartAt];
  for (;;) {
    const state = States[names.at(-1) ?? ''];
    const next = state?.Next ?? state?.Default;
    if (!next) return names;
    names.push(next);
  }
}

/** Every step from state to state that the file knows, ends included. */
export function waysOf(states: Record<string, State>): string[] {
  const ways = Object.entries(states).flatMap(([name, state]) => [
    ...[state.Next, state.Default].flatMap((next) => (next ? [`${name} → ${next}`] : [])),
    ...(state.Choices ?? []).map(({ Next }) => `${name} → ${Next}`),
    ...(state.Catch ?? []).map(({ Next }) => `${name} → ${Next}`),
    ...(state.Next || state.Default ? [] : [`${name} → end`]),
  ]);
  return [...new Set(ways)].sort();
}
