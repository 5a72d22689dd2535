import { Alert, Button } from 'antd';
import { useState } from 'react';
import { printedTime } from '../ui/dates.ts';
import { messageOf } from '../ui/loading.ts';
import type { Autosave, Saving } from './autosave.ts';

/** Where the typed stands: on the server, on this machine, or before a choice. */
export function SaveState({ saving, autosave }: { saving: Saving; autosave: Autosave }) {
  return (
    <div className={`save ${saving.state}`}>
      <p role="status">{wordsOf(saving)}</p>
      {saving.state === 'kept' && (
        <Button size="small" onClick={() => autosave.tryNow()}>
          立即重试
        </Button>
      )}
      {saving.state === 'conflict' && <Choice autosave={autosave} />}
    </div>
  );
}

function wordsOf(saving: Saving): string {
  switch (saving.state) {
    case 'saved': {
      const at = saving.at ? `已保存（${printedTime(saving.at)}）` : '尚无改动';
      return saving.unfinished ? `${at}；未填完整的内容已暂存本机` : at;
    }
    case 'waiting':
      return '未保存，已暂存本机';
    case 'saving':
      return '正在保存……';
    case 'kept':
      return `未保存，已暂存本机：${saving.message}`;
    case 'conflict':
      return '草稿在别处保存过，与本页不同。已暂停保存，本页内容已暂存本机';
    case 'refused':
      return `未保存，已暂存本机：${saving.message}`;
  }
}

function Choice({ autosave }: { autosave: Autosave }) {
  const [problem, setProblem] = useState<string>();
  const choose = (act: () => Promise<void>) => {
    setProblem(undefined);
    act().catch((error: unknown) => setProblem(messageOf(error)));
  };
  return (
    <>
      {problem && <Alert type="error" title={problem} />}
      <Button size="small" onClick={() => choose(() => autosave.takeTheirs())}>
        改用别处保存的
      </Button>
      <Button size="small" onClick={() => choose(() => autosave.keepMine())}>
        以本页为准
      </Button>
    </>
  );
}
