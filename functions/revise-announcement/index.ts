import { containerFor } from '../container.ts';
import { rendererBeside } from '../renderer.ts';
import { env } from './env.ts';
import { makeHandler } from './handler.ts';

const variables = env.parse(process.env);
export const handler = makeHandler(containerFor(variables, { render: rendererBeside(variables.FONTS_DIR) }));
