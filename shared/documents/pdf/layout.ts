/** Lays an official document out on pages as GB/T 9704-2012 §7 and §10 have it. */
import { annexLabel, annexNote, type Block, type OfficialDocument, SAMPLE_NOTICE, titleLines } from '../model.ts';
import {
  CHARACTER_PITCH,
  LINE_PITCH,
  MM,
  PAGE,
  PAGE_NUMBER_DROP,
  SIZE,
  TYPE_AREA,
} from '../standard.ts';
import { baselineIn, Flow, type Measure } from './flow.ts';
import { layHead, layLetterFoot } from './head.ts';
import type { Element, Page } from './page.ts';
import { layTable } from './table.ts';

/** A title of 2号 characters leaves room at both sides. */
const TITLE_CHARACTERS = 18;

export function layOut(document: OfficialDocument, measure: Measure): { pages: Page[]; elements: Element[] } {
  const flow = new Flow(measure);
  layHead(flow, document);
  layTitle(flow, document.title);
  if (document.recipients) {
    flow.skip(1);
    flow.text([{ text: `${document.recipients}：`, face: 'fangsong' }], {}, flow.element('P'));
  }
  for (const block of document.blocks) layBlock(flow, block);
  layAnnexNote(flow, document);
  laySignature(flow, document);
  layAnnexes(flow, document);
  if (document.layout === 'letter') layLetterFoot(flow);
  layFurniture(flow, document);
  return { pages: flow.pages, elements: flow.elements };
}

/** §7.3.1: 2号小标宋, centred, in lines that keep words whole. */
function layTitle(flow: Flow, title: string): void {
  const element = flow.element('H1');
  titleLines(title, TITLE_CHARACTERS).forEach((text, index) => {
    const bookmark = index === 0 ? ({ title, level: 0 } as const) : undefined;
    const style = { size: SIZE.title, align: 'center' as const, ...(bookmark && { bookmark }) };
    flow.text([{ text, face: 'xiaobiaosong' }], style, element);
  });
}

/** §7.3.3: first-level headings in 黑体, second-level ones in 楷体, the text in 仿宋, each indented two characters. */
function layBlock(flow: Flow, block: Block): void {
  if (block.kind === 'table') {
    layTable(flow, block);
    return;
  }
  if (block.kind === 'heading') {
    flow.ensure(2 * LINE_PITCH);
    const bookmark = { title: block.text, level: 1 } as const;
    flow.text([{ text: block.text, face: 'heiti' }], { indent: 2, bookmark }, flow.element('H2'));
    return;
  }
  const lead = block.lead ? [{ text: block.lead, face: 'kaiti' as const }] : [];
  flow.text([...lead, { text: block.text, face: 'fangsong' }], { indent: 2 }, flow.element('P'));
}

/** §7.3.4: one line below the text, indented two characters; later lines of a title align with its first. */
function layAnnexNote(flow: Flow, { annexes }: OfficialDocument): void {
  if (annexes.length === 0) return;
  flow.skip(1);
  for (const line of annexNote(annexes)) {
    flow.text([{ text: line, face: 'fangsong' }], { left: 5, indent: -3, align: 'left' }, flow.element('P'));
  }
}

/** §7.3.5.1: the date ends four characters from the right, the office's name is centred above it; room for the seal. */
function laySignature(flow: Flow, { issuer, date }: OfficialDocument): void {
  flow.ensure(4 * LINE_PITCH);
  flow.skip(Math.min(2, Math.floor(flow.left / LINE_PITCH) - 2));
  const printed = date ?? '　　　　年　月　日';
  const width = flow.widthOf(printed, 'fangsong', SIZE.body, CHARACTER_PITCH);
  const center = TYPE_AREA.width - 4 * CHARACTER_PITCH - width / 2;
  const half = Math.min(flow.widthOf(issuer, 'fangsong', SIZE.body, CHARACTER_PITCH) / 2, TYPE_AREA.width / 2);
  const right = Math.max(0, (TYPE_AREA.width - center - half) / CHARACTER_PITCH);
  flow.text([{ text: issuer, face: 'fangsong' }], { align: 'right', right }, flow.element('P'));
  flow.text([{ text: printed, face: 'fangsong' }], { align: 'right', right: 4 }, flow.element('P'));
}

/** §7.3.7: on a new page, 附件 in 黑体 at the top left of the first line, the title centred on the third. */
function layAnnexes(flow: Flow, { annexes }: OfficialDocument): void {
  annexes.forEach(({ title, blocks }, index) => {
    flow.newPage();
    const label = annexLabel(index, annexes.length);
    const bookmark = { title: `${label}　${title}`, level: 0 } as const;
    flow.text([{ text: label, face: 'heiti' }], { align: 'left', bookmark }, flow.element('H2'));
    flow.skip(1);
    const element = flow.element('H2');
    for (const text of titleLines(title, TITLE_CHARACTERS)) {
      flow.text([{ text, face: 'xiaobiaosong' }], { size: SIZE.title, align: 'center' }, element);
    }
    flow.skip(1);
    for (const block of blocks) layBlock(flow, block);
  });
}

/** §7.5: 4号 宋体 between dashes, odd pages right, even left; a letter's first page has none (§10.1). */
function layFurniture(flow: Flow, document: OfficialDocument): void {
  flow.pages.forEach((page, index) => {
    const furniture = (text: string, top: number, size: number, align: 'left' | 'right' | 'center', color: string) => {
      const setting = { size, pitch: size, width: TYPE_AREA.width - 2 * size, indent: 0, align };
      const [runs = []] = flow.compose([{ text, face: 'songti' }], setting);
      const baseline = top + baselineIn(size, size);
      page.items.push({ kind: 'text', x: TYPE_AREA.left + size, baseline, size, color, runs });
    };
    if (document.sampleData) furniture(SAMPLE_NOTICE, 14 * MM, SIZE.notice, 'center', '#595959');
    if (document.layout === 'letter' && index === 0) return;
    const top = PAGE.height - (PAGE.height - TYPE_AREA.top - TYPE_AREA.height) + PAGE_NUMBER_DROP;
    const align = index % 2 === 0 ? 'right' : 'left';
    furniture(`— ${index + 1} —`, top, SIZE.pageNumber, align, 'black');
  });
}
