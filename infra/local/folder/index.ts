/** Reading an input folder: everything that a year needs, checked as a whole before anything runs. */

export { blankForm, blankInspection } from './blank-form.ts';
export { printProblems } from './problems.ts';
export { readFolder } from './read-folder.ts';
export type * from './types.ts';
