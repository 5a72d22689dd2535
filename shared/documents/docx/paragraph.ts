import type { DocxFace } from './faces.ts';
import { runFonts } from './faces.ts';
import type { Style } from './styles.ts';
import { el, text, type Xml } from './xml.ts';

export interface DocxRun {
  text: string;
  /** Where it differs from the paragraph's style. */
  face?: DocxFace;
  properties?: readonly Xml[];
}

export interface ParagraphProperties {
  keepNext?: boolean;
  border?: Xml;
  spacing?: { before?: number; line?: number };
  indent?: { firstLine?: number; left?: number; hanging?: number; right?: number };
  align?: 'left' | 'center' | 'right' | 'both';
  frame?: Xml;
}

/** A paragraph of a style, with what differs from it, in the order that the format demands. */
export function paragraph(
  style: Style,
  runs: readonly (DocxRun | Xml)[],
  properties: ParagraphProperties = {},
): Xml {
  const { keepNext, frame, border, spacing, indent, align } = properties;
  const own: Xml[] = [el('w:pStyle', { 'w:val': style })];
  if (keepNext) own.push(el('w:keepNext'));
  if (frame) own.push(frame);
  if (border) own.push(el('w:pBdr', {}, [border]));
  if (spacing)
    own.push(
      el('w:spacing', {
        'w:before': spacing.before,
        'w:line': spacing.line,
        'w:lineRule': spacing.line === undefined ? undefined : 'exact',
      }),
    );
  if (indent)
    own.push(
      el('w:ind', {
        'w:left': indent.left,
        'w:right': indent.right,
        'w:hanging': indent.hanging,
        'w:firstLine': indent.firstLine,
      }),
    );
  if (align) own.push(el('w:jc', { 'w:val': align }));
  return el('w:p', {}, [el('w:pPr', {}, own), ...runs.map((each) => ('xml' in each ? each : run(each)))]);
}

/** A run; lines of its text are parted by line breaks. */
function run({ text: content, face, properties = [] }: DocxRun): Xml {
  const own = [...(face ? [runFonts(face)] : []), ...properties];
  const lines = content
    .split('\n')
    .flatMap((line, index) => [
      ...(index > 0 ? [el('w:br')] : []),
      el('w:t', { 'xml:space': 'preserve' }, [text(line)]),
    ]);
  return el('w:r', {}, [...(own.length > 0 ? [el('w:rPr', {}, own)] : []), ...lines]);
}

/** The number of the page, as a field that the office's program fills. */
export function pageNumberField(): Xml[] {
  const part = (type: string) => el('w:r', {}, [el('w:fldChar', { 'w:fldCharType': type })]);
  return [
    part('begin'),
    el('w:r', {}, [el('w:instrText', { 'xml:space': 'preserve' }, [text(' PAGE ')])]),
    part('separate'),
    el('w:r', {}, [el('w:t', {}, [text('1')])]),
    part('end'),
  ];
}
