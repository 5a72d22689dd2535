import type { Route } from './routes.ts';

/** A token bucket for each route with a limit, as the service throttles: whether one more call may pass now. */
export function callLimits(elapsed: () => number): (route: Route) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return ({ routeKey, limit }) => {
    if (!limit) return true;
    const now = elapsed();
    const { tokens, at } = buckets.get(routeKey) ?? { tokens: limit.atOnce, at: now };
    const filled = Math.min(limit.atOnce, tokens + ((now - at) * limit.perSecond) / 1000);
    const passes = filled >= 1;
    buckets.set(routeKey, { tokens: passes ? filled - 1 : filled, at: now });
    return passes;
  };
}
