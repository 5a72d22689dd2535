import { Alert, Button } from 'antd';
import { useState } from 'react';
import { api } from '../session/api.ts';
import { messageOf } from '../ui/loading.ts';
import { dossierPath, type Own } from './dossier.ts';

const FORMATS = { pdf: 'PDF', docx: 'Word 文档' } as const;

/** A paper of the agency to be saved: its score sheet, or its rectification notice. */
export function Papers(props: { own: Own; paper: 'score-sheets' | 'rectifications'; title: string }) {
  const { own, paper, title } = props;
  const [problem, setProblem] = useState<string>();
  const save = async (format: keyof typeof FORMATS) => {
    setProblem(undefined);
    try {
      const address = URL.createObjectURL(await api.file(`${dossierPath(own)}/papers/${paper}/${format}`));
      const link = document.createElement('a');
      link.href = address;
      link.download = `${own.year}年度${title} ${own.filingNumber}.${format}`;
      link.click();
      URL.revokeObjectURL(address);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <div className="papers">
      {problem && <Alert type="error" showIcon title={problem} />}
      {(Object.keys(FORMATS) as (keyof typeof FORMATS)[]).map((format) => (
        <Button key={format} onClick={() => save(format)}>
          下载{title}（{FORMATS[format]}）
        </Button>
      ))}
    </div>
  );
}
