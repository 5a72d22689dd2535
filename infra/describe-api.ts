/** `npm run docs`: `docs/openapi.json`, the API described from the very schemas that check its requests. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import type { Answer, Route } from '../functions/api.ts';
import { FUNCTIONS } from '../functions/catalogue.ts';
import { REFUSALS } from '../shared/app/refusal.ts';
import { ROLES } from '../shared/domain/history.ts';

export const OPENAPI = fileURLToPath(new URL('../docs/openapi.json', import.meta.url));
const PACKAGE = new URL('../package.json', import.meta.url);

type Json = Record<string, unknown>;

/** The description of these functions' routes as an OpenAPI 3.1 document. */
export function describeApi(functions: Record<string, { routes: readonly Route[] }> = FUNCTIONS) {
  const serving = Object.entries(functions).filter(([, { routes }]) => routes.length > 0);
  const paths: Record<string, Json> = {};
  for (const [tag, { routes }] of serving) {
    for (const declared of routes) {
      const { method, path } = partsOf(declared.key);
      paths[path] = { ...paths[path], [method]: operation(declared, tag) };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: '星评：技能人才评价机构年度星级评估',
      version: z.object({ version: z.string() }).parse(JSON.parse(readFileSync(PACKAGE, 'utf8'))).version,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      { url: '/api', description: '单机运行' },
      { url: '/', description: 'AWS' },
    ],
    tags: serving.map(([name]) => ({ name })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: { account: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      responses: { ...refusals(), ...outsideTheRegistry },
    },
  };
}

export function withApi(): string {
  return `${JSON.stringify(describeApi(), null, 2)}\n`;
}

/** `GET /cycles/{year}` → its method, its path and the names in the path. */
export function partsOf(key: string) {
  const [method = '', path = ''] = key.split(' ');
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return { method: method.toLowerCase(), path, names };
}

/** Made from method and path alone, so that it changes only when they do: `getCyclesByYear`. */
function operationId(key: string): string {
  const { method, path } = partsOf(key);
  const words = path.replaceAll('{', 'by-').split(/[^A-Za-z0-9]+/);
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function operation(declared: Route, tag: string): Json {
  const { key, roles, title, path, query, headers, body, limit, answer } = declared;
  const parameters = [
    ...parametersOf('path', path),
    ...parametersOf('query', query),
    ...parametersOf('header', headers),
  ];
  const open = roles === 'public';
  return {
    operationId: operationId(key),
    summary: title,
    tags: [tag],
    'x-roles': open ? ['public'] : roles,
    description: open ? '公开，无需登录。' : `可使用的角色：${roles.map((role) => ROLES[role]).join('、')}。`,
    security: open ? [] : [{ account: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } },
    }),
    responses: {
      200: { description: title, content: contentOf(answer) },
      400: ref('Refused400'),
      ...(!open && { 401: ref('NotSignedIn'), 403: ref('Refused403') }),
      ...(limit && { 429: ref('TooManyCalls') }),
      ...(partsOf(key).names.length > 0 && { 404: ref('Refused404') }),
      '4XX': ref('Refused'),
      500: ref('Broken'),
    },
  };
}

const ref = (name: string) => ({ $ref: `#/components/responses/${name}` });

function contentOf(answer: Answer | undefined): Json {
  if (answer && 'contentType' in answer) return { [answer.contentType]: {} };
  return { 'application/json': { schema: answer ? schemaOf(answer, 'output') : {} } };
}

function parametersOf(where: 'path' | 'query' | 'header', schema: z.ZodMiniType): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input');
  return Object.entries(properties).map(([name, described]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema: described,
  }));
}

/** Without what says nothing to a reader: the patterns of formats that have a name, and the limits of every integer. */
export function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output') {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, {
    io,
    override({ jsonSchema }) {
      if (jsonSchema.format) delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return described;
}

/** One response for each status of the registry of refusals, and one that is any of them. */
function refusals(): Record<string, Json> {
  const all = Object.entries(REFUSALS);
  const statuses = [...new Set(all.map(([, { status }]) => status))].sort((a, b) => a - b);
  const of = (kinds: typeof all) => ({
    description: kinds.map(([code, { message }]) => `- \`${code}\`：${message}`).join('\n'),
    content: {
      'application/json': {
        schema: schemaOf(refusalBody(kinds.map(([code]) => code)), 'output'),
      },
    },
  });
  return {
    Refused: { ...of(all), description: '按规则不能办理；`code` 说明原因，`message` 说明下一步。' },
    ...Object.fromEntries(
      statuses.map((status) => [`Refused${status}`, of(all.filter(([, kind]) => kind.status === status))]),
    ),
  };
}

const refusalBody = (codes: string[]) =>
  z.strictObject({
    code: z.enum(codes),
    message: z.string(),
    data: z.record(z.string(), z.union([z.string(), z.number()])),
  });

/** Answers that come from the authorizer, and from a fault of ours. */
const outsideTheRegistry = {
  NotSignedIn: {
    description: '没有登录，或登录已失效。',
    content: { 'application/json': { schema: schemaOf(z.looseObject({ message: z.string() }), 'output') } },
  },
  TooManyCalls: {
    description: '请求过于频繁，请稍后重试。',
    content: { 'application/json': { schema: schemaOf(z.looseObject({ message: z.string() }), 'output') } },
  },
  Broken: {
    description: '系统出现问题。',
    content: {
      'application/json': {
        schema: schemaOf(z.strictObject({ code: z.literal('internal'), message: z.string() }), 'output'),
      },
    },
  },
};

if (import.meta.main) writeFileSync(OPENAPI, withApi());
