import { useCallback, useState } from 'react';
import { Agency, NATURES, printedTerm } from '../../../shared/domain/agency.ts';
import { FILING_TYPES } from '../../../shared/domain/filing-types.ts';
import { usePerson } from '../session/person.ts';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { readAll } from './cycle.ts';
import { FilteredAgencies } from './filtered-agencies.tsx';
import { RegistryImport } from './registry-import.tsx';
import './staff.css';

/** The agencies on file, and for a handler the way in for a new list. */
export function RegistryPage() {
  const { role } = usePerson();
  const [round, setRound] = useState(0);
  const agencies = useLoaded(
    `agencies ${round}`,
    useCallback(() => readAll('/agencies', Agency), []),
  );
  return (
    <Page
      title="机构名册"
      lead="在本市备案的技能人才评价机构。名册从工作簿导入，导入前先预览，确认后才写入。"
    >
      {role === 'handler' && <RegistryImport onImported={() => setRound((count) => count + 1)} />}
      <Show of={agencies}>{(all) => <Agencies all={all} />}</Show>
    </Page>
  );
}

function Agencies({ all }: { all: readonly Agency[] }) {
  if (all.length === 0) return <Empty>名册里还没有机构。请由经办人导入名册。</Empty>;
  return (
    <FilteredAgencies lines={all} filters={[]}>
      {(shown) => <AgencyTable agencies={shown} />}
    </FilteredAgencies>
  );
}

function AgencyTable({ agencies }: { agencies: readonly Agency[] }) {
  return (
    <table className="cards">
      <caption className="hidden">机构名册</caption>
      <thead>
        <tr>
          <th scope="col">机构名称</th>
          <th scope="col">机构备案号</th>
          <th scope="col">备案类型</th>
          <th scope="col">机构性质</th>
          <th scope="col">备案期限</th>
          <th scope="col">县区</th>
        </tr>
      </thead>
      <tbody>
        {agencies.map(({ filingNumber, name, filingType, nature, filingTerm, county }) => (
          <tr key={filingNumber}>
            <th scope="row">{name}</th>
            <td data-title="机构备案号" className="code">
              {filingNumber}
            </td>
            <td data-title="备案类型">{FILING_TYPES[filingType]}</td>
            <td data-title="机构性质">{NATURES[nature]}</td>
            <td data-title="备案期限">{printedTerm(filingTerm)}</td>
            <td data-title="县区">{county}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
