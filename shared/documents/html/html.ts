import type { Annex, Facts, Head, OfficialDocument, Run, Signature, Table, Title } from '../model.ts';
import {
  annexLabel,
  annexNote,
  cellLines,
  documentTitle,
  onOneLine,
  type PrintedBlock,
  printedBlocks,
  printedDate,
  printedRecipients,
  printedRemark,
} from '../printed.ts';
import { STYLE } from './style.ts';

/**
 * The document as one self-contained HTML page: no script, no file beside it, readable on a phone, with
 * landmarks, heads of tables, and a print style. All text of the document is escaped.
 */
export function toHtml(document: OfficialDocument): string {
  const title = escaped(documentTitle(document));
  return [
    '<!doctype html>',
    `<html lang="${document.language}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<meta name="dcterms.date" content="${escaped(document.date)}">`,
    `<title>${title}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    document.sampleMark === undefined
      ? ''
      : `<p class="sample" role="note">${escaped(document.sampleMark)}</p>`,
    '<div class="page">',
    headHtml(document.head),
    '<main>',
    '<article>',
    `<h1>${titleHtml(document.title)}</h1>`,
    document.recipients === undefined
      ? ''
      : `<p class="recipients">${escaped(printedRecipients(document.recipients))}</p>`,
    `<div class="body">${printedBlocks(document.body).map(blockHtml).join('\n')}</div>`,
    noteHtml(document.annexes),
    signatureHtml(document.signature, document.date),
    document.remark === undefined ? '' : `<p class="remark">${escaped(printedRemark(document.remark))}</p>`,
    ...document.annexes.map((annex, index) => annexHtml(annex, index, document.annexes)),
    '</article>',
    '</main>',
    '</div>',
    '</body>',
    '</html>',
    '',
  ]
    .filter((line, index, lines) => line !== '' || index === lines.length - 1)
    .join('\n');
}

function headHtml(head: Head): string {
  if (head.layout === 'plain') return '';
  const mark = `<p class="mark">${escaped(head.mark)}</p>`;
  const number = head.number === undefined ? '' : `<p class="number">${escaped(head.number)}</p>`;
  return head.layout === 'xinhan'
    ? `<header class="head xinhan">${mark}</header>${number}`
    : `<header class="head wenjian">${mark}${number}</header>`;
}

function titleHtml(title: Title): string {
  return title.map((phrase) => `<span>${escaped(phrase)}</span>`).join('');
}

function blockHtml(block: PrintedBlock): string {
  switch (block.kind) {
    case 'heading': {
      const tag = `h${block.level + 1}`;
      const heading = `<${tag}>${escaped(block.text)}</${tag}>`;
      return block.follows.length === 0
        ? heading
        : `<div class="run-in">${heading}<p>${runsHtml(block.follows)}</p></div>`;
    }
    case 'paragraph':
      return `<p>${runsHtml(block.runs)}</p>`;
    case 'table':
      return tableHtml(block);
    case 'facts':
      return factsHtml(block);
  }
}

function runsHtml(runs: readonly Run[]): string {
  return runs
    .map((run) => (run.strong ? `<strong>${escaped(run.text)}</strong>` : escaped(run.text)))
    .join('');
}

function tableHtml(table: Table): string {
  const head = table.columns.map((column) => `<th scope="col">${escaped(column.title)}</th>`).join('');
  const rows = table.rows.map((row, index) => {
    const tag = table.totals && index === table.rows.length - 1 ? 'th' : 'td';
    const cells = table.columns.map(
      (column, at) => `<${tag} class="${column.align ?? 'left'}">${cellHtml(row[at] ?? '')}</${tag}>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return framed(
    table.caption,
    table.captioned ?? false,
    `<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>`,
  );
}

function factsHtml(facts: Facts): string {
  const pairs = facts.pairs ?? 1;
  const rows: string[] = [];
  for (let at = 0; at < facts.entries.length; at += pairs) {
    const cells = facts.entries
      .slice(at, at + pairs)
      .map(({ name, value }) => `<th scope="row">${escaped(name)}</th><td>${cellHtml(value)}</td>`);
    rows.push(`<tr>${cells.join('')}</tr>`);
  }
  return framed(facts.caption, false, `<tbody>\n${rows.join('\n')}\n</tbody>`);
}

/** A table that a narrow screen scrolls sideways by itself, reachable by keyboard. */
function framed(caption: string, shown: boolean, content: string): string {
  const label = escaped(caption);
  return `<section class="table" tabindex="0" aria-label="${label}"><table><caption${
    shown ? '' : ' class="hidden"'
  }>${label}</caption>\n${content}</table></section>`;
}

function cellHtml(text: string): string {
  return cellLines(text).map(escaped).join('<br>');
}

function noteHtml(annexes: readonly Annex[]): string {
  const [first, ...others] = annexNote(annexes);
  if (first === undefined) return '';
  if (others.length === 0) return `<p class="note">附件：${escaped(first.title)}</p>`;
  const items = [first, ...others].map(({ number, title }) => `<li>${escaped(number + title)}</li>`);
  return `<div class="note"><p>附件：</p><ul>${items.join('')}</ul></div>`;
}

function signatureHtml(signature: Signature | undefined, date: string): string {
  if (signature === undefined) return '';
  return `<div class="signature"><div>${escaped(signature.organ)}<br><time datetime="${escaped(date)}">${printedDate(date)}</time></div></div>`;
}

function annexHtml(annex: Annex, index: number, annexes: readonly Annex[]): string {
  const id = `annex-${index + 1}`;
  return [
    `<section class="annex" aria-labelledby="${id}">`,
    `<p class="annex-label">${annexLabel(annexes, index)}</p>`,
    `<h2 id="${id}">${titleHtml(annex.title)}</h2>`,
    `<div class="body">${printedBlocks(annex.body).map(blockHtml).join('\n')}</div>`,
    '</section>',
  ].join('\n');
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return onOneLine(text).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
