import { environment } from '../environment.ts';

export const env = environment('TABLE', 'STATE_MACHINE_ARN_PREFIX');
