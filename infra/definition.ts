/** The state machine's file with its placeholders filled: by the stack with ARNs, on one machine with names. */
import { readFileSync } from 'node:fs';
import { FUNCTIONS } from '../functions/catalogue.ts';

export const DEFINITION_FILE = new URL('annual-assessment.asl.json', import.meta.url).pathname;

/** `admit-agencies` stands in the file as `${AdmitAgencies}`. */
export function placeholderOf(functionName: string): string {
  return functionName.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

/** Placeholder → function name, for each function that the file calls. */
export function placeholders(): Record<string, string> {
  const text = readFileSync(DEFINITION_FILE, 'utf8');
  const called = Object.keys(FUNCTIONS).filter((name) => text.includes(`\${${placeholderOf(name)}}`));
  return Object.fromEntries(called.map((name) => [placeholderOf(name), name]));
}

/** Throws when a placeholder has no value. */
export function filledDefinition(values: Record<string, string>): string {
  return readFileSync(DEFINITION_FILE, 'utf8').replace(/\$\{(\w+)\}/g, (_all, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for \${${name}} of the state machine`);
    return value;
  });
}
