import { useMemo } from 'react';
import { type AtCircular, previewOf } from './manuscript.ts';

/** The circular as it would be published today, in a frame that runs nothing. */
export function CircularPreview({ cycle, manuscript }: AtCircular) {
  const page = useMemo(() => previewOf({ cycle, manuscript }), [cycle, manuscript]);
  return (
    <section aria-labelledby="preview">
      <h2 id="preview">版面预览</h2>
      <p>按当前文字排出，成文日期以签发之日为准。</p>
      <iframe className="preview-page" title="通报版面预览" sandbox="" srcDoc={page} />
    </section>
  );
}
