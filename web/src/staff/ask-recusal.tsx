import { useState } from 'react';
import * as z from 'zod/mini';
import { FilingNumber } from '../../../shared/domain/agency.ts';
import { api } from '../session/api.ts';
import { Deliberate } from './deliberate.tsx';

/** An inspector asks to keep away from an agency, whether or not the lot sent them there; an approver decides. */
export function AskRecusal({ years }: { years: readonly number[] }) {
  const [year, setYear] = useState(years[0]);
  const [filingNumber, setFilingNumber] = useState('');
  const [asked, setAsked] = useState<string>();
  const ask = async (_choice: 'ask', reason: string) => {
    await api.post(`/cycles/${year}/dossiers/${filingNumber}/recusal-requests`, { reason }, z.unknown());
    setAsked(`已申请对 ${filingNumber} 回避，由负责人决定。决定后会发送消息。`);
    setFilingNumber('');
  };
  if (year === undefined) return null;
  return (
    <details>
      <summary>申请回避</summary>
      <p role="status">{asked}</p>
      <Deliberate
        title="申请回避"
        choices={[
          { value: 'ask', label: '申请回避', what: '决定前不参加对该机构的检查；同意后由下一签位替补' },
        ]}
        reasonTitle="应当回避的理由"
        missing={() => (FilingNumber.safeParse(filingNumber).success ? undefined : '请填写机构备案号')}
        send={ask}
      >
        {() => (
          <>
            {years.length > 1 && (
              <label className="field">
                <span>评估年度</span>
                <select value={year} onChange={({ target }) => setYear(Number(target.value))}>
                  {years.map((one) => (
                    <option key={one}>{one}</option>
                  ))}
                </select>
              </label>
            )}
            <label className="field">
              <span>机构备案号</span>
              <input
                value={filingNumber}
                autoComplete="off"
                onChange={({ target }) =>
                  setFilingNumber(target.value.normalize('NFKC').trim().toUpperCase())
                }
              />
            </label>
          </>
        )}
      </Deliberate>
    </details>
  );
}
