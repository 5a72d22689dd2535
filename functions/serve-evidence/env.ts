import { environment } from '../environment.ts';

export const env = environment('TABLE', 'QUARANTINE_BUCKET', 'EVIDENCE_BUCKET', 'SCANNER');
