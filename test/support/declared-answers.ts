/** Holds every answer of the API against what its route declares. */
import * as z from 'zod/mini';
import { FUNCTIONS } from '../../functions/catalogue.ts';
import type { Client } from '../../infra/local/drive/client.ts';
import { router } from '../../infra/local/http-api/routes.ts';

const ANSWERS = new Map(
  Object.values(FUNCTIONS).flatMap(({ routes }) => routes.map(({ key, answer }) => [key, answer] as const)),
);
const find = router(
  [...ANSWERS.keys()].map((routeKey) => ({ routeKey, functionName: '', authorization: 'NONE' })),
);

/** The same client; an answer that its route does not declare so is an error. */
export function holdingToDeclared(client: Client): Client {
  const checked = (method: string, path: string) => async (answer: unknown) => {
    const key = find(method, path.split('?')[0] ?? '')?.route.routeKey ?? '';
    const declared = ANSWERS.get(key);
    const outcome = declared instanceof z.ZodMiniType ? declared.safeParse(answer) : undefined;
    if (outcome && !outcome.success) throw new Error(`${key} answers otherwise`, { cause: outcome.error });
    return answer as never;
  };
  return {
    ...client,
    get: (path) => client.get(path).then(checked('GET', path)),
    put: (path, body) => client.put(path, body).then(checked('PUT', path)),
    post: (path, body) => client.post(path, body).then(checked('POST', path)),
  };
}
