export type XmlValue = string | number | boolean | undefined | XmlFields | readonly XmlFields[];
export interface XmlFields {
  readonly [name: string]: XmlValue;
}

// Control characters are escaped too: a key may hold them, and a bare one would break the document.
const escapeXml = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being escaped
  text.replace(/[<>&"\u0000-\u001f]/g, (c) => `&#${c.charCodeAt(0)};`);

function render(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  if (isList(value)) return value.map((item) => render(name, item)).join('');
  const content = typeof value === 'object' ? renderFields(value) : escapeXml(String(value));
  return `<${name}>${content}</${name}>`;
}

const isList = (value: XmlValue): value is readonly XmlFields[] => Array.isArray(value);

const renderFields = (fields: XmlFields) =>
  Object.entries(fields)
    .map(([name, value]) => render(name, value))
    .join('');

/** An S3 document: fields in order, lists as repeated elements, `undefined` left out. */
export function xmlDocument(root: string, fields: XmlFields): string {
  const namespace = root === 'Error' ? '' : ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespace}>${renderFields(fields)}</${root}>`;
}
