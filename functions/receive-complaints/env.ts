import { environment } from '../environment.ts';

export const env = environment('TABLE');
