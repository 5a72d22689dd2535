/** The only source of "now" for everything but pure rules, which take instants as arguments. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
