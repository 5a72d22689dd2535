import { readUploadedTables } from '../../shared/adapters/uploaded-tables.ts';
import { containerFor } from '../container.ts';
import { env } from './env.ts';
import { makeHandler } from './handler.ts';

const variables = env.parse(process.env);

export const handler = makeHandler(containerFor(variables, { readTables: readUploadedTables }));
