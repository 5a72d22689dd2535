/** Somebody who has a keyboard and no mouse: moves by Tab, sees where they are, and presses what has the focus. */
import type { Page } from 'playwright-core';

interface Focus {
  /** What a screen reader would call it, near enough: its label, or its text. */
  name: string;
  tag: string;
  isSeen: boolean;
  inDialog: boolean;
}

/** What has the focus, and whether somebody who looks at the page sees that it does. Runs in the page. */
function focused(): Focus {
  interface Element {
    tagName: string;
    innerText?: string;
    ariaLabel: string | null;
    labels?: Iterable<Element>;
    closest(selector: string): Element | null;
    getBoundingClientRect(): { top: number; bottom: number; width: number };
  }
  const { document, getComputedStyle, innerHeight } = globalThis as unknown as {
    document: { activeElement: Element };
    getComputedStyle(element: Element): { outlineStyle: string; outlineWidth: string; boxShadow: string };
    innerHeight: number;
  };
  const element = document.activeElement;
  // A field that is hidden behind its label is seen by the label.
  const isHidden = element.getBoundingClientRect().width < 2;
  const seen = (isHidden && element.closest('label')) || element;
  const style = getComputedStyle(seen);
  const { top, bottom } = seen.getBoundingClientRect();
  const isMarked = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
  const labels = [...(element.labels ?? [])].map(({ innerText }) => innerText ?? '').join(' ');
  return {
    name: (element.ariaLabel ?? (labels || element.innerText) ?? '').trim(),
    tag: element.tagName.toLowerCase(),
    isSeen: (isMarked || style.boxShadow !== 'none') && bottom > 0 && top < innerHeight,
    inDialog: element.closest('[role=dialog]') !== null,
  };
}

export const focusOf = (page: Page): Promise<Focus> => page.evaluate(focused);

/** Presses Tab until something of this name has the focus; fails when it never does, or when a stop on the way is not to be seen. */
export async function tabTo(page: Page, name: string | RegExp, tag?: string): Promise<void> {
  const passed: string[] = [];
  for (let stops = 0; stops < 250; stops++) {
    await page.keyboard.press('Tab');
    const focus = await focusOf(page);
    // A page that has just opened puts the focus on its heading or its item: no stop of Tab.
    if (/^(body|main|h\d|article)$/.test(focus.tag)) continue;
    if (!focus.isSeen) throw new Error(`the focus is not to be seen on ${focus.tag} “${focus.name}”`);
    const isIt = typeof name === 'string' ? focus.name.startsWith(name) : name.test(focus.name);
    if (isIt && (tag === undefined || tag === focus.tag)) return;
    passed.push(focus.name.slice(0, 20));
  }
  throw new Error(`Tab never comes to ${name}; it passes ${[...new Set(passed)].join('、')}`);
}

/** Goes round a dialog by Tab, twice as far as it has stops: whether it ever leaves it. */
export async function staysInDialog(page: Page, stops = 8): Promise<boolean> {
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press('Tab');
    const { inDialog, tag } = await focusOf(page);
    // Between the last stop and the first the browser itself may have its turn.
    if (!inDialog && tag !== 'body') return false;
  }
  return true;
}
