/** A reader of XML that refuses what is not well formed, for looking into the parts of a DOCX. */
export interface Node {
  name: string;
  attributes: Record<string, string>;
  children: Node[];
  /** Text directly in the element. */
  text: string;
}

const TOKEN = /<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>|([^<]+)/g;

export function xmlTree(xml: string): Node {
  const root: Node = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const body = xml.replace(/^<\?xml[^>]*\?>\n/, '');
  let read = 0;
  for (const match of body.matchAll(TOKEN)) {
    if (match.index !== read) throw new Error(`not XML: ${body.slice(read, read + 40)}`);
    read += match[0].length;
    const [, closes, name = '', written = '', empty, text] = match;
    const parent = open.at(-1) ?? root;
    if (text !== undefined) parent.text += unescaped(text);
    else if (closes) {
      if (open.pop()?.name !== name) throw new Error(`${name} is closed but was not open`);
    } else {
      const attributes = Object.fromEntries(
        [...written.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
          key,
          unescaped(value),
        ]),
      );
      const node: Node = { name, attributes, children: [], text: '' };
      parent.children.push(node);
      if (!empty) open.push(node);
    }
  }
  const [element] = root.children;
  if (read !== body.length || open.length !== 1 || !element) throw new Error('not XML');
  return element;
}

/** All elements of a name inside another, in order. */
export function all(node: Node, name: string): Node[] {
  return node.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}

export function first(node: Node, name: string): Node {
  const [found] = all(node, name);
  if (!found) throw new Error(`no ${name} in ${node.name}`);
  return found;
}

/** Text of a run, paragraph or cell, its line breaks as `\n`. */
export function textIn(node: Node): string {
  if (node.name === 'w:t') return node.text;
  if (node.name === 'w:br') return '\n';
  return node.children.map(textIn).join('');
}

function unescaped(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot);)/.test(text)) throw new Error(`a bare & in ${text}`);
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
