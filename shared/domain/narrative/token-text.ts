/** Looking at tokens: names, words, and what stands between. */
import type { SubjectToken, Token } from './tokens.ts';

export function subjectsIn(tokens: readonly Token[]): SubjectToken[] {
  return tokens.filter((token): token is SubjectToken => token.kind === 'subject');
}

/** Those in brackets too. */
export function everySubject(tokens: readonly Token[]): SubjectToken[] {
  return tokens.flatMap((token) =>
    token.kind === 'subject' ? [token] : token.kind === 'group' ? everySubject(token.tokens) : [],
  );
}

/** The words that are no names. */
export function textOf(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.kind === 'text' ? token.text : '')).join('');
}

/** All words, names as they stand. */
export function literal(tokens: readonly Token[]): string {
  return tokens
    .map((token) => (token.kind === 'text' || token.kind === 'subject' ? token.text : ''))
    .join('');
}

/** What stands behind a name. */
export function gapAfter(tokens: readonly Token[], name: SubjectToken | undefined): string {
  return literal(name ? tokens.slice(tokens.indexOf(name) + 1) : tokens);
}

export function split(tokens: readonly Token[], at: 'comma' | 'pause'): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === at) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}
