import { useState } from 'react';
import { Agency } from '../../../shared/domain/agency.ts';
import type { ComplaintView } from '../../../shared/domain/complaint-forms.ts';
import { usePerson } from '../session/person.ts';
import { useLoaded } from '../ui/loading.ts';
import { Show } from '../ui/show.tsx';
import { actOnComplaint } from './complaints.ts';
import { readAll } from './cycle.ts';
import { Deliberate } from './deliberate.tsx';

interface ActsProps {
  complaint: ComplaintView;
  onDone: (said: string) => void;
}

/** What this role may do with the complaint as it stands; nothing for whoever may do nothing. */
export function ComplaintActs(props: ActsProps) {
  const { role, id } = usePerson();
  const { status, handlerId } = props.complaint;
  if (role === 'approver' && status === 'proposed') return <Review {...props} />;
  if (role !== 'handler') return null;
  if (status === 'received') return <FirstLook {...props} />;
  if (status !== 'handling') return null;
  return (
    <>
      <Finding {...props} />
      {handlerId !== id && <TakeOver {...props} />}
    </>
  );
}

function useAct({ complaint, onDone }: ActsProps) {
  return async (act: string, body: unknown, said: string): Promise<void> => {
    await actOnComplaint(complaint.number, act, body);
    onDone(said);
  };
}

const readAgencies = () => readAll('/agencies', Agency);

function FirstLook(props: ActsProps) {
  const agencies = useLoaded('agencies', readAgencies);
  return <Show of={agencies}>{(all) => <Look {...props} agencies={all} />}</Show>;
}

function Look({ agencies, ...props }: ActsProps & { agencies: readonly Agency[] }) {
  const act = useAct(props);
  const { agency, filingNumber, year } = props.complaint;
  const guess = agencies.find((one) => one.filingNumber === filingNumber || one.name === agency);
  const [chosen, setChosen] = useState(guess?.filingNumber ?? '');
  const [counted, setCounted] = useState(String(year));
  const [answer, setAnswer] = useState('');
  const isYear = /^20\d\d$/.test(counted);
  return (
    <Deliberate
      title="初审"
      reasonTitle={false}
      choices={[
        { value: 'accept', label: '受理', what: '由您经办，核查后在期限内答复投诉人' },
        { value: 'refuse', label: '不予受理', what: '投诉办结，投诉人凭查询码看到不予受理的理由' },
      ]}
      missing={(choice) => {
        if (choice === 'refuse') return answer.trim() ? undefined : '请写明不予受理的理由';
        if (!chosen) return '请选择被投诉的机构';
        return isYear ? undefined : '请填写事情发生的年份';
      }}
      send={(choice) =>
        choice === 'refuse'
          ? act('first-look', { verdict: 'refuse', answer }, '已登记：不予受理。')
          : act(
              'first-look',
              { verdict: 'accept', filingNumber: chosen, year: Number(counted) },
              '已受理，由您经办。',
            )
      }
    >
      {(choice) =>
        choice === 'refuse' ? (
          <Written title="不予受理的理由（告知投诉人）" value={answer} onChange={setAnswer} />
        ) : (
          <>
            <label className="field">
              <span>被投诉的机构（按机构名册）</span>
              <select value={chosen} onChange={({ target }) => setChosen(target.value)}>
                <option value="">请选择</option>
                {agencies.map((one) => (
                  <option key={one.filingNumber} value={one.filingNumber}>
                    {one.name}（{one.filingNumber}）
                  </option>
                ))}
              </select>
            </label>
            <label className="field">
              <span>计入的年度</span>
              <input
                inputMode="numeric"
                maxLength={4}
                value={counted}
                onChange={({ target }) => setCounted(target.value)}
              />
            </label>
          </>
        )
      }
    </Deliberate>
  );
}

function Finding(props: ActsProps) {
  const act = useAct(props);
  const [answer, setAnswer] = useState(props.complaint.finding?.answer ?? '');
  return (
    <Deliberate
      title="处理意见"
      reasonTitle="核查情况和依据"
      choices={[
        {
          value: 'upheld',
          label: '属实',
          what: '交负责人审核；审核通过后计入该机构的属实投诉，并列为确定抽查对象',
        },
        { value: 'notUpheld', label: '不属实', what: '交负责人审核；审核通过后答复投诉人' },
      ]}
      missing={() => (answer.trim() ? undefined : '请写明对投诉人的答复')}
      send={(choice, reason) =>
        act('finding', { upheld: choice === 'upheld', answer, reason }, '已提出处理意见，等待负责人审核。')
      }
    >
      {() => <Written title="对投诉人的答复（审核通过后告知）" value={answer} onChange={setAnswer} />}
    </Deliberate>
  );
}

function TakeOver(props: ActsProps) {
  const act = useAct(props);
  return (
    <Deliberate
      title="接办"
      reasonTitle="接办的原因"
      choices={[{ value: 'take', label: '由我接办', what: '由您继续办理，可以查看投诉人的联系方式' }]}
      send={(_choice, reason) => act('take-over', { reason }, '已由您接办。')}
    />
  );
}

function Review(props: ActsProps) {
  const act = useAct(props);
  const { finding } = props.complaint;
  const outcome = finding?.upheld ? '属实' : '不属实';
  return (
    <Deliberate
      title="审核处理意见"
      choices={[
        { value: 'approve', label: '审核通过', what: `投诉办结，结果为“${outcome}”，答复告知投诉人` },
        { value: 'return', label: '退回经办人', what: '由经办人继续核查，重新提出处理意见' },
      ]}
      send={(verdict, reason) =>
        act(
          'review',
          { verdict, reason },
          verdict === 'approve' ? '已审核通过，投诉办结。' : '已退回经办人。',
        )
      }
    />
  );
}

function Written({
  title,
  value,
  onChange,
}: {
  title: string;
  value: string;
  onChange: (text: string) => void;
}) {
  return (
    <label className="field">
      <span>{title}</span>
      <textarea rows={4} maxLength={5000} value={value} onChange={({ target }) => onChange(target.value)} />
    </label>
  );
}
