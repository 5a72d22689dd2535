/** The self-evaluation, part by part: what is typed, what it scores, and what is still missing. */
import { Alert, Button } from 'antd';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Link, useLocation, useParams, useSearchParams } from 'react-router';
import type { EvidenceRef } from '../../../shared/domain/facts.ts';
import { scoreAgency } from '../../../shared/domain/score.ts';
import { selfScoringInput } from '../../../shared/domain/self-score.ts';
import { usePerson } from '../session/person.ts';
import { printedInstant } from '../ui/dates.ts';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { mayFile } from './asks.ts';
import { Autosave } from './autosave.ts';
import { CheckPart } from './check-part.tsx';
import type { YearView } from './dossier.ts';
import { type DossierView, type Own, readDraft, readOwnDossier, readYear } from './dossier.ts';
import { answersOf, EMPTY, type Entry, type Form, formOf } from './entries.ts';
import { addressOf, BONUS, CHECK, pagesOf, partsOf } from './form-parts.ts';
import { BonusCard, ItemCard } from './item-card.tsx';
import { localDraft } from './local-draft.ts';
import { SaveState } from './save-state.tsx';
import { ScoreAside } from './score-aside.tsx';
import { Uploads } from './uploads.ts';
import { readAccepted } from './use-evidence.ts';
import './agency.css';

async function readForm(own: Own) {
  const [year, dossier, types] = await Promise.all([
    readYear(own.year),
    readOwnDossier(own),
    readAccepted(own),
  ]);
  const draft = dossier?.status === 'collecting' ? await readDraft(own) : null;
  return { year, dossier, draft, types };
}
type Opened = Awaited<ReturnType<typeof readForm>>;

export function FormPage() {
  const { year = '' } = useParams();
  const { agency = '' } = usePerson();
  const load = useCallback(() => readForm({ year: Number(year), filingNumber: agency }), [year, agency]);
  const opened = useLoaded(`form ${year}`, load);
  return (
    <Page title={`${year} 年度自评`}>
      <Show of={opened}>
        {({ dossier, ...rest }) =>
          dossier && mayFile(rest.year, dossier) ? (
            <OpenForm {...rest} dossier={dossier} />
          ) : (
            <Empty>
              自评目前不能填写（{dossier?.statusTitle ?? '本机构不在本年度评估范围'}）。
              <Link to={`/work/years/${year}`}>查看本年度的办理情况</Link>
            </Empty>
          )
        }
      </Show>
    </Page>
  );
}

/** What the form begins with: the draft, unless something newer was filed since. */
function heldForm(dossier: DossierView, draft: Opened['draft']): Form {
  const { submission } = dossier;
  const answers =
    draft && (!submission || draft.savedAt > submission.at) ? draft.answers : submission?.answers;
  return answers ? formOf(answers) : { items: {}, bonus: {} };
}

function OpenForm({ year, dossier, draft, types }: Opened & { dossier: DossierView }) {
  const { id } = usePerson();
  const own: Own = { year: year.year, filingNumber: dossier.filingNumber };
  const [autosave] = useState(
    () =>
      new Autosave(own, year.rubric, localDraft(id, own.year, own.filingNumber), {
        form: heldForm(dossier, draft),
        draft,
      }),
  );
  const change = useCallback(
    (place: string, update: (entry: Entry) => Partial<Entry>) =>
      autosave.change((form) => {
        const group = year.rubric.bonus.items.some(({ code }) => code === place) ? 'bonus' : 'items';
        const before = form[group][place] ?? EMPTY;
        return { ...form, [group]: { ...form[group], [place]: { ...before, ...update(before) } } };
      }),
    [autosave, year],
  );
  const [uploads] = useState(
    () =>
      new Uploads(own, types, (place, file) =>
        change(place, ({ evidence }) => ({
          evidence: evidence.some((one) => one.id === file.id) ? evidence : [...evidence, file],
        })),
      ),
  );
  const { form, saving } = useSyncExternalStore(autosave.subscribe, autosave.state);
  const transfers = useSyncExternalStore(uploads.subscribe, uploads.state);
  const [params] = useSearchParams();
  const pages = pagesOf(year.rubric);
  const at = Math.max(
    0,
    pages.findIndex(({ key }) => key === params.get('part')),
  );
  const page = pages[at];
  const sheet = scoreAgency(selfScoringInput(year.rubric, year, answersOf(year.rubric, form)));
  const title = useArrival(page?.key);
  if (!page) return <Empty>本年度的评分标准没有项目，请联系经办人。</Empty>;
  const part = partsOf(year.rubric).find(({ key }) => key === page.key);
  const files = allFiles(form);
  const card = (place: string, entry: Entry) => ({
    own,
    entry,
    others: files.filter((file) => entry.evidence.every(({ id: used }) => used !== file.id)),
    uploads,
    transfers: transfers.filter((one) => one.place === place),
    onChange: (changes: Partial<Entry>) => change(place, () => changes),
  });
  const earlier = dossier.rounds.findLast(({ returnedFor }) => returnedFor !== null);
  return (
    <>
      <Head year={year} dossier={dossier} />
      <div className="form">
        <ScoreAside year={year} form={form} sheet={sheet} current={page.key}>
          <SaveState saving={saving} autosave={autosave} />
        </ScoreAside>
        <div className="entries">
          <h2 ref={title} tabIndex={-1}>
            {page.title}
          </h2>
          {part?.items.map((item) => (
            <ItemCard
              key={item.code}
              item={item}
              score={sheet.items.find(({ code }) => code === item.code)}
              earlier={earlier?.answers.items[item.code]}
              compared={earlier !== undefined}
              {...card(item.code, form.items[item.code] ?? EMPTY)}
            />
          ))}
          {page.key === BONUS &&
            year.rubric.bonus.items.map((item) => (
              <BonusCard key={item.code} item={item} {...card(item.code, form.bonus[item.code] ?? EMPTY)} />
            ))}
          {page.key === CHECK && (
            <CheckPart
              own={own}
              year={year}
              form={form}
              sheet={sheet}
              transfers={transfers.length}
              autosave={autosave}
            />
          )}
          <Steps year={year} at={at} />
        </div>
      </div>
    </>
  );
}

function Head({ year, dossier }: { year: YearView; dossier: DossierView }) {
  const { selfEvaluationsUntil, assessedPeriod, scanning } = year;
  return (
    <>
      <p className="lead">
        {dossier.agency.name}。{selfEvaluationsUntil && <b>{printedInstant(selfEvaluationsUntil)} 截止</b>}
        ，请在此之前提交。评估期间为
        {assessedPeriod ? `${assessedPeriod.from} 至 ${assessedPeriod.to}` : ` ${year.year} 年 1 月至 12 月`}
        。{scanning === 'none' && '系统未设置病毒查杀，请确认上传的文件安全。'}
      </p>
      {dossier.returnedFor && (
        <Alert
          type="warning"
          showIcon
          title="已退回更正"
          description={`退回理由：${dossier.returnedFor}。各项目旁列有上一轮填报的内容，更正后请重新提交；截止前未重新提交的，以上一轮为准。`}
        />
      )}
    </>
  );
}

function Steps({ year, at }: { year: YearView; at: number }) {
  const pages = pagesOf(year.rubric);
  const [before, after] = [pages[at - 1], pages[at + 1]];
  return (
    <nav className="steps" aria-label="上一部分和下一部分">
      {before && <Link to={addressOf(year.year, before.key)}>上一部分：{before.title}</Link>}
      {after && (
        <Link to={addressOf(year.year, after.key)} className="next">
          <Button type="primary" tabIndex={-1}>
            下一部分：{after.title}
          </Button>
        </Link>
      )}
    </nav>
  );
}

/** Going to another part moves the reader there: to its heading, or to the item that the address names. */
function useArrival(page: string | undefined) {
  const title = useRef<HTMLHeadingElement>(null);
  const { hash } = useLocation();
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving is a matter of the address
  useEffect(() => {
    const named = hash ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
    if (named) {
      named.scrollIntoView({ block: 'start' });
      named.focus({ preventScroll: true });
    } else if (!first.current) {
      window.scrollTo(0, 0);
      title.current?.focus({ preventScroll: true });
    }
    first.current = false;
  }, [page, hash]);
  return title;
}

/** Every file of the form once. */
function allFiles({ items, bonus }: Form): EvidenceRef[] {
  const files = [...Object.values(items), ...Object.values(bonus)].flatMap(({ evidence }) => evidence);
  return [...new Map(files.map((file) => [file.id, file])).values()];
}
