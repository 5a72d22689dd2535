import type { Problem } from './definition.ts';
import { isObject } from './json.ts';

interface Target {
  readonly state: string;
  readonly location: string;
}

/**
 * Checks that every target exists, that the machine can end, and that every state can be reached. Works on
 * the raw definition, so that these problems are told together with those of single fields.
 */
export function checkTransitions(definition: Record<string, unknown>, problems: Problem[]): void {
  const states = isObject(definition.States) ? definition.States : {};
  const found = problems.length;
  const missing = ({ state, location }: Target) => {
    problems.push({
      code: 'MISSING_TRANSITION_TARGET',
      message: `Missing 'Next' target: ${state}`,
      location,
    });
  };
  const isMissing = ({ state }: Target) => !Object.hasOwn(states, state);
  const start = definition.StartAt;
  if (typeof start === 'string' && isMissing({ state: start, location: '' })) {
    missing({ state: start, location: '/StartAt' });
  }
  for (const name of Object.keys(states)) targetsOf(name, states[name]).filter(isMissing).forEach(missing);
  if (!Object.values(states).some(isTerminal)) {
    problems.push({ code: 'MISSING_END_STATE', message: 'Workflow has no terminal state', location: null });
  }
  if (typeof start !== 'string' || problems.length > found) return;
  const reached = reachable(start, states);
  for (const name of Object.keys(states).filter((name) => !reached.has(name))) {
    const message = `State "${name}" is not reachable.`;
    problems.push({ code: 'MISSING_TRANSITION_TARGET', message, location: `/States/${name}` });
  }
}

const isTerminal = (state: unknown) =>
  isObject(state) && (state.End === true || state.Type === 'Succeed' || state.Type === 'Fail');

function reachable(start: string, states: Record<string, unknown>): Set<string> {
  const reached = new Set([start]);
  for (const name of reached) for (const { state } of targetsOf(name, states[name])) reached.add(state);
  return reached;
}

function targetsOf(name: string, state: unknown): Target[] {
  if (!isObject(state)) return [];
  const at = `/States/${name}`;
  const targets: Target[] = [];
  const add = (target: unknown, location: string) => {
    if (typeof target === 'string') targets.push({ state: target, location });
  };
  add(state.Next, `${at}/Next`);
  add(state.Default, `${at}/Default`);
  for (const field of ['Choices', 'Catch']) {
    const rules = state[field];
    if (!Array.isArray(rules)) continue;
    for (const [index, rule] of rules.entries()) {
      if (isObject(rule)) add(rule.Next, `${at}/${field}[${index}]/Next`);
    }
  }
  return targets;
}
