/** The state machines' files with their placeholders filled: by the stack with ARNs, on one machine with names. */
import { readFileSync } from 'node:fs';
import { FUNCTIONS } from '../functions/catalogue.ts';
import type { RunName } from '../shared/domain/gates.ts';

/** Each kind of run has a state machine, in a file of its name. */
export function definitionFile(run: RunName): string {
  return new URL(`${run}.asl.json`, import.meta.url).pathname;
}

/** `admit-agencies` stands in the file as `${AdmitAgencies}`. */
export function placeholderOf(functionName: string): string {
  return functionName.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

/** Placeholder → function name, for each function that the file calls. */
export function placeholders(run: RunName): Record<string, string> {
  const text = readFileSync(definitionFile(run), 'utf8');
  const called = Object.keys(FUNCTIONS).filter((name) => text.includes(`\${${placeholderOf(name)}}`));
  return Object.fromEntries(called.map((name) => [placeholderOf(name), name]));
}

/** Throws when a placeholder has no value. */
export function filledDefinition(run: RunName, values: Record<string, string>): string {
  return readFileSync(definitionFile(run), 'utf8').replace(/\$\{(\w+)\}/g, (_all, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for \${${name}} of the state machine`);
    return value;
  });
}
