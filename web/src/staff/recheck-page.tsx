import { Alert, Button } from 'antd';
import { useCallback, useState } from 'react';
import { Link, useParams } from 'react-router';
import * as z from 'zod/mini';
import { FilingNumber } from '../../../shared/domain/agency.ts';
import type { EvidenceRef } from '../../../shared/domain/facts.ts';
import { api, Problem } from '../session/api.ts';
import { usePerson } from '../session/person.ts';
import { useLoaded } from '../ui/loading.ts';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { Deliberate } from './deliberate.tsx';
import { dossierPath } from './dossier.ts';
import { EvidenceViewer } from './evidence-viewer.tsx';
import { lackOnSite, OnSite } from './on-site.tsx';
import { forgetRecheck, keepRecheck, keptRecheck, type RecheckDraft } from './recheck-draft.ts';
import {
  type RectificationView,
  type RectifiedItem,
  readRectification,
  rectificationPath,
} from './rectification.ts';
import './staff.css';

/** An inspector's form for one re-check: for a phone, every item closed or not. */
export function RecheckPage() {
  const { year = '', filingNumber = '' } = useParams();
  const isOne = /^\d{4}$/.test(year) && FilingNumber.safeParse(filingNumber).success;
  return isOne ? <Recheck key={`${year} ${filingNumber}`} {...{ year, filingNumber }} /> : <NotFoundPage />;
}

function Recheck({ year, filingNumber }: { year: string; filingNumber: string }) {
  const [round, setRound] = useState(0);
  const loaded = useLoaded(
    `recheck ${year} ${filingNumber} ${round}`,
    useCallback(() => readRectification(year, filingNumber), [year, filingNumber]),
  );
  const title = loaded.state === 'ready' ? loaded.value.agency.name : '整改复查';
  return (
    <Page title={title} lead={`${year} 年度整改复查，机构备案号 ${filingNumber}`}>
      <Show of={loaded}>
        {(view) => <Standing view={view} onSent={() => setRound((count) => count + 1)} />}
      </Show>
      <p>
        <Link to="/work">返回我的任务</Link>
      </p>
    </Page>
  );
}

function Standing({ view, onSent }: { view: RectificationView; onSent: () => void }) {
  const { id } = usePerson();
  if (view.recheck?.records[id]) {
    return (
      <Alert
        type="success"
        showIcon
        title="您的复查记录已提交"
        description="同组督导员提交之前，双方记录互不可见。每一项都经全部复查人员确认的，才算整改到位；结果由负责人认定。"
      />
    );
  }
  if (view.status !== 'rechecking') return <Alert type="info" showIcon title="复查已经结束" />;
  return <Recording person={id} view={view} onSent={onSent} />;
}

function Recording({
  person,
  view,
  onSent,
}: {
  person: string;
  view: RectificationView;
  onSent: () => void;
}) {
  const { year, filingNumber, items } = view;
  const place = { person, year, filingNumber };
  const [draft, setDraft] = useState<RecheckDraft>(() => keptRecheck(place));
  const [file, setFile] = useState<EvidenceRef>();
  const [unkept, setUnkept] = useState(false);
  const write = (changes: Partial<RecheckDraft>) => {
    const next = { ...draft, ...changes };
    setDraft(next);
    setUnkept(!keepRecheck(place, next));
  };
  const send = async () => {
    const { statement, ...representative } = draft.representative;
    const checks = items.flatMap(({ code }) => {
      const check = draft.checks[code];
      return check?.closed === undefined
        ? []
        : [{ item: code, closed: check.closed, reason: check.reason.trim() }];
    });
    const told = statement.trim() && { statement: statement.trim() };
    const body = { checks, visitedOn: draft.visitedOn, representative: { ...representative, ...told } };
    try {
      await api.post(`${rectificationPath(year, filingNumber)}/recheck`, body, z.unknown());
    } catch (error) {
      if (!(error instanceof Problem && error.passing)) throw error;
      throw new Error(
        '网络暂时不通，记录还没有提交。填写的内容保存在本机，恢复网络后请再次提交；重复提交只算一次',
      );
    }
    forgetRecheck(place);
    onSent();
  };
  return (
    <div className={file ? 'with-viewer' : undefined}>
      <div>
        {unkept && (
          <Alert type="error" showIcon title="本机存储空间不足，内容没有保存在本机，请不要关闭页面" />
        )}
        <p className="lead">逐项核对机构的整改，填写的内容随时保存在本机。</p>
        {items.map((item) => (
          <Check key={item.code} item={item} draft={draft} onWrite={write} onOpen={setFile} />
        ))}
        <OnSite
          dayTitle={DAY}
          total={items.length}
          missing={unchecked(items, draft)}
          present={draft}
          onWrite={write}
        />
        <Deliberate
          title="签名提交"
          choices={[{ value: 'sign', label: '签名提交', what: '复查记录以您的名义提交，提交后不能修改' }]}
          reasonTitle={false}
          missing={() => lackOf(items, draft)}
          send={send}
        />
      </div>
      {file && (
        <EvidenceViewer
          key={file.id}
          dossier={dossierPath(year, filingNumber)}
          file={file}
          onClose={() => setFile(undefined)}
        />
      )}
    </div>
  );
}

interface Writing {
  draft: RecheckDraft;
  onWrite: (changes: Partial<RecheckDraft>) => void;
}

function Check({
  item,
  draft,
  onWrite,
  onOpen,
}: Writing & { item: RectifiedItem; onOpen: (file: EvidenceRef) => void }) {
  const { code, title, found, required, correction } = item;
  const check = draft.checks[code] ?? { reason: '' };
  const set = (changes: Partial<typeof check>) =>
    onWrite({ checks: { ...draft.checks, [code]: { ...check, ...changes } } });
  return (
    <fieldset className="visit-item" id={`item-${code}`}>
      <legend>
        <b>{code}</b> {title}
      </legend>
      <p>
        问题：{found}
        <small>要求：{required}</small>
      </p>
      <p>机构整改：{correction ? correction.statement : '未登记'}</p>
      {correction?.evidence.map((one) => (
        <Button key={one.id} type="link" size="small" className="file" onClick={() => onOpen(one)}>
          {one.fileName}
        </Button>
      ))}
      {([true, false] as const).map((closed) => (
        <label key={String(closed)} className="choice">
          <input
            type="radio"
            name={`closed-${code}`}
            checked={check.closed === closed}
            onChange={() => set({ closed })}
          />
          <span>{closed ? '已整改' : '未整改到位'}</span>
        </label>
      ))}
      <label className="field">
        <span>核查情况</span>
        <textarea
          rows={2}
          maxLength={2000}
          value={check.reason}
          onChange={({ target }) => set({ reason: target.value })}
        />
      </label>
    </fieldset>
  );
}

const DAY = '复查日期';

const unchecked = (items: readonly RectifiedItem[], { checks }: RecheckDraft): string[] =>
  items
    .map(({ code }) => code)
    .filter((code) => checks[code]?.closed === undefined || !checks[code].reason.trim());

/** Why the record cannot be signed yet, by the same rules as the API's. */
function lackOf(items: readonly RectifiedItem[], draft: RecheckDraft): string | undefined {
  const missing = unchecked(items, draft);
  if (missing.length > 0) return `还有 ${missing.length} 项没有写明是否整改和核查情况：${missing.join('、')}`;
  return lackOnSite(DAY, draft);
}
