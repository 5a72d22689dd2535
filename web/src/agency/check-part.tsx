/** Before filing: what is missing, with the way to it; then the commitment, the signature, and a last question. */
import { Alert, Button, Modal } from 'antd';
import { useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import * as z from 'zod/mini';
import type { ScoreSheet } from '../../../shared/domain/score.ts';
import { api } from '../session/api.ts';
import { printedInstant } from '../ui/dates.ts';
import { messageOf } from '../ui/loading.ts';
import type { Autosave } from './autosave.ts';
import { CommitmentFields, isSigned, noCommitment } from './commitment.tsx';
import { dossierPath, type Own, type YearView } from './dossier.ts';
import { answersOf, type Form } from './entries.ts';
import { addressOf, type ItemState, itemStates } from './form-parts.ts';

interface CheckProps {
  own: Own;
  year: YearView;
  form: Form;
  sheet: ScoreSheet;
  /** Files still on their way. */
  transfers: number;
  autosave: Autosave;
}

const Receipt = z.looseObject({ digest: z.string() });

export function CheckPart(props: CheckProps) {
  const { year, form, transfers } = props;
  const states = itemStates(year.rubric, form);
  const missing = states.filter(({ completeness }) => completeness !== 'complete');
  const bare = states.filter((one) => one.completeness === 'complete' && one.lacksEvidence);
  return (
    <>
      <Listed
        title={`还有 ${missing.length} 项没有填完`}
        about="填完后才能提交。点击项目可以直接前往。"
        year={year.year}
        states={missing}
        kind="error"
      />
      <Listed
        title={`${bare.length} 项没有佐证材料`}
        about="可以提交，但这些项目在补交之前按 0 分计。"
        year={year.year}
        states={bare}
        kind="warning"
      />
      {transfers > 0 && (
        <Alert type="warning" showIcon title={`还有 ${transfers} 个文件没有上传完，请等待或取消后再提交`} />
      )}
      {missing.length === 0 && bare.length === 0 && (
        <Alert type="success" showIcon title="各项均已填报，并附有佐证材料" />
      )}
      <Signature {...props} ready={missing.length === 0 && transfers === 0} />
    </>
  );
}

function Listed(props: {
  title: string;
  about: string;
  year: number;
  states: readonly ItemState[];
  kind: 'error' | 'warning';
}) {
  const { title, about, year, states, kind } = props;
  if (states.length === 0) return null;
  return (
    <Alert
      type={kind}
      title={title}
      description={
        <>
          <p>{about}</p>
          <ul className="missing">
            {states.map(({ item, part, completeness }) => (
              <li key={item.code}>
                <Link to={addressOf(year, part, item.code)}>
                  {item.code} {item.title}
                </Link>
                {completeness === 'begun' && <small>（未填完整）</small>}
              </li>
            ))}
          </ul>
        </>
      }
    />
  );
}

function Signature({ own, year, form, sheet, autosave, ready }: CheckProps & { ready: boolean }) {
  const [commitment, setCommitment] = useState(noCommitment);
  const [agreed, setAgreed] = useState(false);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  // A second click arrives before the first has changed the page.
  const filing = useRef(false);
  const navigate = useNavigate();
  const signed = agreed && isSigned(commitment);
  const file = async () => {
    if (filing.current) return;
    filing.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      const body = { answers: answersOf(year.rubric, form), commitment };
      await api.post(`${dossierPath(own)}/submission`, body, Receipt);
      autosave.filed();
      navigate(`/work/years/${own.year}`);
    } catch (error) {
      setProblem(messageOf(error));
      setAsking(false);
      filing.current = false;
      setBusy(false);
    }
  };
  return (
    <section aria-labelledby="commitment" className="commitment">
      <h3 id="commitment">承诺书</h3>
      <p>
        本机构承诺：所填报的内容和上传的佐证材料真实、准确、完整，与原始记录一致；自愿接受核查，如有弄虚作假，愿意承担相应责任，接受评估不合格的处理。
      </p>
      <CommitmentFields value={commitment} onChange={setCommitment} />
      <label className="choice">
        <input type="checkbox" checked={agreed} onChange={({ target }) => setAgreed(target.checked)} />
        <span>我已阅读承诺书，有权代表本机构作出承诺</span>
      </label>
      {problem && <Alert type="error" showIcon title={problem} />}
      {!ready && <p className="hint">填完所有项目、文件上传完成后，才能提交。</p>}
      {ready && !signed && <p className="hint">填写姓名、职务并勾选承诺后，才能提交。</p>}
      <Button type="primary" size="large" disabled={!ready || !signed} onClick={() => setAsking(true)}>
        签署承诺并提交
      </Button>
      <Modal
        open={asking}
        title="确认提交自评"
        okText="确认提交"
        cancelText="再检查一下"
        confirmLoading={busy}
        onOk={file}
        onCancel={() => setAsking(false)}
      >
        <p>
          自评得分 <b>{sheet.total}</b> 分，承诺人 {commitment.name}（{commitment.position}）。
        </p>
        <p>
          提交后不能自行修改；经办人退回时，可在
          {year.selfEvaluationsUntil ? ` ${printedInstant(year.selfEvaluationsUntil)} ` : '截止时间'}
          前更正后重新提交。
        </p>
      </Modal>
    </section>
  );
}
