/** What the portal must know of its surroundings: `config.json` beside the build, so that one build runs anywhere. */
import * as z from 'zod/mini';
import { configFile } from './public/early.ts';

const Config = z.object({
  /** Where the API's routes begin: a path of our own origin, or another origin's address. */
  api: z.string(),
  issuer: z.url(),
  clientId: z.string(),
  scope: z.string(),
});
type Config = z.infer<typeof Config>;

let read: Config | undefined;

/** Once, before anything is shown. */
export async function readConfig(): Promise<void> {
  const response = await configFile();
  if (!response.ok) throw new Error(`无法读取网站设置（${response.status}）`);
  read = Config.parse(await response.json());
}

export function config(): Config {
  if (!read) throw new Error('the configuration is read before anything is shown');
  return read;
}
