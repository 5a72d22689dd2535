import type { Deps } from '../../shared/app/ports.ts';
import { apiHandler } from '../api.ts';
import { routes } from './routes.ts';

export const makeHandler = (deps: Deps) => apiHandler(routes, deps);
