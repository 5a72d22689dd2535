/** Official documents rendered: DOCX, PDF with embedded faces, and HTML together. */
import { rendererFor } from '../../shared/adapters/render-documents.ts';
import { circular } from '../documents/sample.ts';
import { type Line, ratesOf } from './timing.ts';

export async function benchDocuments(): Promise<Line> {
  const render = rendererFor('node_modules');
  const document = circular();
  const [rate = 0] = await ratesOf(
    [{ name: 'circular', run: async () => void (await render(document)) }],
    5,
    1_000,
  );
  return {
    what: 'circulars a second, each as DOCX, PDF and HTML',
    ours: rate.toFixed(1),
    peer: '',
    ratio: '',
    asked: '',
    holds: true,
  };
}
