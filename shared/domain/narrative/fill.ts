/** Templates in Chinese whose figures stand in braces: `五星级{five}家`. Documents and narrative parts are filled alike. */

/** A value of null has nothing to say. */
export type Values = Readonly<Record<string, string | number | null>>;

/**
 * One line filled; null when one of its values is null, so that a sentence about nothing is not printed.
 * Throws on a name that the values do not have: a template never prints a hole.
 */
export function fillLine(line: string, values: Values): string | null {
  let nothing = false;
  const text = line.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = values[name];
    if (value === undefined) throw new TypeError(`the template asks for {${name}}, which nobody gives`);
    if (value === null) nothing = true;
    return String(value);
  });
  return nothing ? null : text;
}

/** The lines that have something to say. */
export function fillLines(lines: readonly string[], values: Values): string[] {
  return lines.flatMap((line) => fillLine(line, values) ?? []);
}
