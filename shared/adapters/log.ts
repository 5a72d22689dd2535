/** Structured logs with a code from one registry. Data are ids, counts and states: never personal data, never a token. */
import { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from '../app/ports.ts';

export function powertoolsLog(logger = new Logger({ serviceName: 'xingping' })): Log {
  return {
    info: (code, data = {}) => logger.info(code, { data }),
    error: (code, data, cause) => {
      const error = cause instanceof Error ? { errorName: cause.name, stack: cause.stack ?? '' } : {};
      logger.error(code, { data, ...error });
    },
  };
}
