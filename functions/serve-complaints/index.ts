import { containerFor } from '../container.ts';
import { env } from './env.ts';
import { makeHandler } from './handler.ts';

export const handler = makeHandler(containerFor(env.parse(process.env)));
