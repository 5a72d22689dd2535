import { route, View } from '../api.ts';

export const routes = [
  // Loaded when asked for: the document is made from the routes, this one among them.
  route({
    key: 'GET /openapi.json',
    roles: 'public',
    title: '接口说明（OpenAPI）',
    answer: View,
    handle: async () => (await import('../../docs/openapi.json', { with: { type: 'json' } })).default,
  }),
];
