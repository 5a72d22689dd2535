/** What functions that write documents are given beside the container: only they are bundled with it. */
import { resolve } from 'node:path';
import { rendererFor } from '../shared/adapters/render-documents.ts';

/** `folder` is relative to the function's own code, wherever Lambda has put it. */
export const rendererBeside = (folder: string) =>
  rendererFor(resolve(process.env.LAMBDA_TASK_ROOT ?? '', folder));
