import { rendererFor } from '../../shared/adapters/render-documents.ts';
import { containerFor } from '../container.ts';
import { env } from './env.ts';
import { makeHandler } from './handler.ts';

const variables = env.parse(process.env);
export const handler = makeHandler(containerFor(variables, rendererFor(variables.FONTS_DIR)));
