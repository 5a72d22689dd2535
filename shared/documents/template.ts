/**
 * A document's words as lines: `# ` a heading 一、, `## ` a heading （一） (its text runs on behind the first full stop),
 * `### ` a line of a list, `@name` the blocks of that name, anything else a paragraph. Figures stand in braces; a line
 * whose figure is missing is left out.
 */
import { fillLines, type Values } from '../domain/narrative/fill.ts';
import type { Block, Heading } from './model.ts';

export interface Template {
  /** Phrases that a line break must not cut. */
  title: readonly string[];
  body: string;
}

export function filledTitle({ title }: Template, values: Values): string[] {
  return fillLines(title, values);
}

export function filledBody(
  { body }: Template,
  values: Values,
  inserts: Readonly<Record<string, readonly Block[]>> = {},
): Block[] {
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  return fillLines(lines, values).flatMap((line): readonly Block[] => {
    const [mark = ''] = /^(?:#+ |@)/.exec(line) ?? [];
    const text = line.slice(mark.length).trim();
    if (mark === '') return [{ kind: 'paragraph', text }];
    if (mark !== '@') return [heading(mark.length - 1, text)];
    const blocks = inserts[text];
    if (!blocks) throw new TypeError(`the template asks for @${text}, which nobody gives`);
    return blocks;
  });
}

/** `标题。正文`: the text runs on behind its title. */
function heading(marks: number, text: string): Heading {
  const level = marks === 1 ? 1 : marks === 2 ? 2 : 3;
  const stop = text.indexOf('。') + 1;
  const runsOn = level === 2 && stop > 0 && stop < text.length;
  return runsOn
    ? { kind: 'heading', level, text: text.slice(0, stop), follows: text.slice(stop) }
    : { kind: 'heading', level, text };
}
