import { onOneLine } from '../printed.ts';

/** XML that is ready to be written; made only by the functions below, so that text is always escaped. */
export interface Xml {
  readonly xml: string;
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; attributes that are undefined are left out. */
export function el(name: string, attributes: Attributes = {}, children: readonly Xml[] = []): Xml {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');
  const content = children.map((child) => child.xml).join('');
  return { xml: content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>` };
}

/** Text, escaped; XML cannot carry control characters, which are shown as U+FFFD. */
export function text(content: string): Xml {
  return { xml: escaped(content) };
}

export function file(root: Xml): Uint8Array {
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${root.xml}`);
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(content: string): string {
  return onOneLine(content).replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
