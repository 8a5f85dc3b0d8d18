import { describe, expect, it } from 'vitest';
import { compileRoutes } from './routes.ts';

const keys = [
  'GET /orders',
  'GET /orders/{id}',
  'POST /orders/{id}/cancel',
  'GET /orders/{id}/{part}',
  'ANY /orders/export',
  'GET /files/{proxy+}',
  'ANY /{proxy+}',
  'GET /',
];
const match = compileRoutes(keys.map((key) => ({ key })));

describe('routes', () => {
  it.each([
    ['GET', '/orders', 'GET /orders', {}],
    ['GET', '/orders/42', 'GET /orders/{id}', { id: '42' }],
    ['GET', '/orders/a%20b%2Fc', 'GET /orders/{id}', { id: 'a b/c' }],
    ['GET', '/orders/export', 'ANY /orders/export', {}],
    ['POST', '/orders/42/cancel', 'POST /orders/{id}/cancel', { id: '42' }],
    ['GET', '/orders/42/lines', 'GET /orders/{id}/{part}', { id: '42', part: 'lines' }],
    ['POST', '/orders/42/lines', 'ANY /{proxy+}', { proxy: 'orders/42/lines' }],
    ['GET', '/files/a/b.txt', 'GET /files/{proxy+}', { proxy: 'a/b.txt' }],
    ['DELETE', '/files/a', 'ANY /{proxy+}', { proxy: 'files/a' }],
    ['GET', '/', 'GET /', {}],
  ])('%s %s → %s', (method, path, key, pathParameters) => {
    expect(match(method, path)).toEqual({ route: { key }, pathParameters });
  });

  it('takes $default last, and nothing where there is none', () => {
    expect(compileRoutes([{ key: 'GET /a' }])('GET', '/b')).toBeUndefined();
    expect(compileRoutes([{ key: 'GET /a' }, { key: '$default' }])('GET', '/b')?.route.key).toBe('$default');
  });
});
