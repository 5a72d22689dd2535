import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { route } from '../../functions/api.ts';
import { FUNCTIONS } from '../../functions/catalogue.ts';
import { describeApi, partsOf, schemaOf } from '../../infra/describe-api.ts';
import { REFUSALS } from '../../shared/app/refusal.ts';
import { ROLES } from '../../shared/domain/history.ts';

const ROUTES = Object.values(FUNCTIONS).flatMap(({ routes }) => routes);
const document = describeApi();

interface Operation {
  operationId: string;
  summary: string;
  security: object[];
  parameters?: { name: string; in: string; schema: object }[];
  requestBody?: object;
  responses: Record<string, object>;
  'x-roles': string[];
}

const operations = Object.values(document.paths).flatMap((path) => Object.values(path)) as Operation[];

it('is a valid OpenAPI document', async () => {
  expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
});

it('describes every route once', () => {
  expect(operations).toHaveLength(ROUTES.length);
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(ROUTES.length);
});

describe.each(ROUTES)('$key', ({ key, roles, title, path, query, body }) => {
  it('says who may call it, and in Chinese what it does', () => {
    if (roles !== 'public') {
      expect(roles.length).toBeGreaterThan(0);
      expect(roles.filter((role) => !(role in ROLES) || role === 'system')).toEqual([]);
    }
    expect(title).toMatch(/\p{Script=Han}/u);
  });

  it('declares the parameters of its path, and no others', () => {
    expect(Object.keys(schemaOf(path, 'input').properties ?? {}).sort()).toEqual(partsOf(key).names.sort());
  });

  it('refuses query parameters that it does not name', () => {
    expect(schemaOf(query, 'input')).toMatchObject({ type: 'object', additionalProperties: false });
  });

  it('takes a body only when it changes something', () => {
    if (partsOf(key).method === 'get') expect(body).toBeUndefined();
  });

  it('refuses fields of the body that it does not name', () => {
    const { type, additionalProperties } = body ? schemaOf(body, 'input') : {};
    if (type === 'object') expect(additionalProperties).toBe(false);
  });
});

describe('a route', () => {
  const described = (definition: Partial<Parameters<typeof route>[0]>) => {
    const made = route({
      key: 'GET /x',
      roles: ['handler'],
      title: '某事',
      handle: async () => 1,
      ...definition,
    });
    const [only] = Object.values(describeApi({ 'serve-x': { routes: [made] } }).paths);
    const [found] = Object.values(only ?? {});
    return found as Operation;
  };

  it('shows roles, parameters, body and tag', () => {
    const path = z.object({ year: z.coerce.number().check(z.int()) });
    const query = z.strictObject({ cursor: z.optional(z.string()) });
    const body = z.strictObject({ reason: z.string() });
    expect(described({ key: 'POST /x/{year}/y-z', path, query, body })).toMatchObject({
      operationId: 'postXByYearYZ',
      summary: '某事',
      tags: ['serve-x'],
      security: [{ account: [] }],
      'x-roles': ['handler'],
      parameters: [
        { name: 'year', in: 'path', required: true, schema: { type: 'integer' } },
        { name: 'cursor', in: 'query', required: false },
      ],
      requestBody: { content: { 'application/json': { schema: { required: ['reason'] } } } },
    });
  });

  it('that is public asks for no account', () => {
    const { security, responses } = described({ roles: 'public' });
    expect(security).toEqual([]);
    expect(Object.keys(responses)).not.toContain('401');
  });

  it('that answers with a file says of which type', () => {
    expect(described({ answer: { contentType: 'text/csv' } }).responses[200]).toMatchObject({
      content: { 'text/csv': {} },
    });
  });
});

it('holds every code of the registry of refusals under its status', () => {
  const { responses } = document.components;
  for (const [code, { status }] of Object.entries(REFUSALS)) {
    expect(responses).toMatchObject({
      [`Refused${status}`]: { description: expect.stringContaining(`\`${code}\``) },
    });
  }
});
