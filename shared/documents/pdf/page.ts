/** What a laid-out page holds, in points from the page's top left corner. */
import type { Run } from './compose.ts';

/** A structure element that its lines belong to, on however many pages. */
export interface Element {
  type: 'H1' | 'H2' | 'P' | 'Table' | 'TR' | 'TH' | 'TD';
  children: Element[];
}

export interface TextLine {
  kind: 'text';
  x: number;
  baseline: number;
  size: number;
  color: string;
  runs: Run[];
  /** Absent: page furniture, an artifact to a screen reader. */
  element?: Element;
  bookmark?: { title: string; level: 0 | 1 };
}

export interface Rule {
  kind: 'rule';
  x: number;
  y: number;
  width: number;
  /** Vertical where it has a height. */
  height?: number;
  thickness: number;
  color: string;
}

export type Item = TextLine | Rule;

export interface Page {
  items: Item[];
}
