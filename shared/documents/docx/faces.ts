import { el, type Xml } from './xml.ts';

/** The standard's typefaces by the names that offices have them under, with others they may go by. */
export const FACES = {
  /** 小标宋, for mark and title. */
  title: { name: '方正小标宋_GBK', others: '方正小标宋简体,方正小标宋_GB18030,小标宋' },
  /** 仿宋, for the text. */
  text: { name: '仿宋_GB2312', others: '仿宋,FangSong' },
  /** 楷体, for headings of the second level. */
  kai: { name: '楷体_GB2312', others: '楷体,KaiTi' },
  /** 黑体, for headings of the first level, 附件 and heads of tables. */
  sans: { name: '黑体', others: 'SimHei' },
  /** 宋体, for the page number. */
  song: { name: '宋体', others: 'SimSun' },
} as const;

export type DocxFace = keyof typeof FACES;

export function runFonts(face: DocxFace): Xml {
  const { name } = FACES[face];
  return el('w:rFonts', {
    'w:ascii': name,
    'w:hAnsi': name,
    'w:eastAsia': name,
    'w:cs': name,
    'w:hint': 'eastAsia',
  });
}

/** The table of fonts, which names what to use where a machine lacks one. */
export function fontTable(namespaces: Record<string, string>): Xml {
  const fonts = Object.values(FACES).map(({ name, others }) =>
    el('w:font', { 'w:name': name }, [
      el('w:altName', { 'w:val': others }),
      el('w:charset', { 'w:val': '86' }),
      el('w:family', { 'w:val': 'auto' }),
      el('w:pitch', { 'w:val': 'variable' }),
    ]),
  );
  return el('w:fonts', namespaces, fonts);
}
