import { roleTitle, usePerson } from '../session/person.ts';
import { useLoaded } from '../ui/loading.ts';
import { Empty, Page } from '../ui/page.tsx';
import { Show } from '../ui/show.tsx';
import { readCycles } from '../work/cycles.ts';
import { AskRecusal } from './ask-recusal.tsx';
import { Tasks } from './tasks.tsx';
import { readVisits } from './waiting.ts';
import './staff.css';

/** Years in which somebody can still be asked to keep away. */
const readOpenYears = async () =>
  (await readCycles()).filter(({ status }) => status === 'open').map(({ year }) => year);

/** The visits that an inspector was drawn for. */
export function VisitsPage() {
  const { name, role } = usePerson();
  const visits = useLoaded('visits', readVisits);
  const open = useLoaded('open years', readOpenYears);
  return (
    <Page title={`${name}，您好`} lead={`您以“${roleTitle(role)}”身份登录。这里只列出抽签分派给您的机构。`}>
      <h2>现场检查和整改复查</h2>
      <Show of={visits}>
        {(tasks) =>
          tasks.length === 0 ? (
            <Empty>还没有分派给您的检查任务。抽查方案公布后或者抽取复查人员后，任务会显示在这里。</Empty>
          ) : (
            <Tasks tasks={tasks} />
          )
        }
      </Show>
      <Show of={open}>{(years) => <AskRecusal years={years} />}</Show>
    </Page>
  );
}
