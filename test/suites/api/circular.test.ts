import { expect, it } from 'vitest';
import type { viewCircular } from '../../../shared/app/circular.ts';
import type { Refusal } from '../../../shared/app/refusal.ts';
import { POWER, SCHOOL, STEEL, TRAINING } from '../../support/agencies.ts';
import { aCity, type City, refusalOf } from '../../support/city.ts';

type View = Exclude<Awaited<ReturnType<typeof viewCircular>>, Refusal>;
const PATH = '/cycles/2021/circular';
const WRONG = '五星级4家，占90%。';

const edit = async (city: City, body: object, account = 'handler-1') =>
  (await city.as(account)).put<View>(PATH, body);
const read = async (city: City) => (await city.as('auditor-1')).get<View>(PATH);
const publicFile = async (city: City, name: string) => {
  const bytes = await (await city.as('auditor-1')).download(`/public/2021/${name}`);
  return JSON.parse(new TextDecoder().decode(bytes));
};

it('lets a handler edit the drafted text, and nobody sign a number that contradicts the data without a reason', async () => {
  const city = await aCity();
  await city.start();
  await city.to('receiveObjections');
  expect(await refusalOf(edit(city, { text: {} }))).toMatchObject({ code: 'gateNotOpen' });
  expect(await refusalOf(read(city))).toMatchObject({ code: 'notFound' });

  await city.to('prepareCircular');
  const drafted = await read(city);
  expect(drafted.text).toEqual(drafted.drafted);
  expect(drafted.contradictions).toEqual([]);
  expect(drafted.text.strengths[0]?.text).toContain('4家参评机构中');

  for (const account of ['approver-1', 'director-1', STEEL]) {
    expect(await refusalOf(edit(city, { text: {} }, account))).toMatchObject({ code: 'notAllowed' });
  }
  const problems = [{ title: '说法有误', text: `总体较好。${WRONG}` }];
  const edited = await edit(city, { text: { problems } });
  expect(edited.text).toEqual({ ...drafted.drafted, problems });
  expect(edited.contradictions).toEqual([
    {
      section: 'problems',
      sentence: WRONG,
      found: '90%',
      right: '100%',
      explanation: '“90%”与数据不符：五星级4家，占参评机构4家的100.0%，应为100%',
      explained: null,
    },
  ]);
  expect(await city.view()).toMatchObject({ contradictions: [{ found: '90%' }] });
  const refused = await refusalOf(city.decide('handler-1', 'approve'));
  expect(refused).toMatchObject({ status: 422, code: 'textContradicts' });
  expect(refused.message).toContain('应为100%');

  const explain = async (sentence: string) =>
    (await city.as('handler-2')).post<View>(`${PATH}/explanations`, {
      sentence,
      found: '90%',
      reason: '引用省里口径',
    });
  expect(await refusalOf(explain('五星级4家。'))).toMatchObject({ code: 'noContradiction' });
  expect((await explain(WRONG)).contradictions).toMatchObject([{ explained: { reason: '引用省里口径' } }]);
  await city.decide('handler-1', 'approve');
  expect(await refusalOf(edit(city, { text: {} }))).toMatchObject({ code: 'gateNotOpen' });

  // Returned, the edited text is still there, and can be put right.
  await city.decide('director-1', 'return');
  expect((await read(city)).text.problems).toEqual(problems);
  const right = [{ text: '五星级4家，占100%。' }];
  expect((await edit(city, { text: { problems: right } })).contradictions).toEqual([]);
  await city.toEnd();
  const { text, date } = await publicFile(city, 'circular.json');
  expect(text.problems).toEqual(right);
  expect(date).toMatch(/^2022-\d\d-\d\d$/);
  const entries = (await city.cycle()).history.filter(({ type }) => type === 'circularEdited');
  expect(entries.map(({ by }) => by.id)).toEqual(['handler-1', 'handler-1']);
});

it('orders the annex by groups, inside them as a handler says, and names the bands that the settings name', async () => {
  const city = await aCity({ settings: { bandPublication: { 5: 'named', 4: 'counted' } } });
  await city.start();
  await city.to('prepareCircular');
  const numbers = ({ annex }: View) => annex.map(({ filingNumber }) => filingNumber);
  expect(numbers(await read(city))).toEqual([STEEL, POWER, SCHOOL, TRAINING]);
  const reordered = await edit(city, { annexOrder: [TRAINING, POWER] });
  expect(numbers(reordered)).toEqual([POWER, STEEL, SCHOOL, TRAINING]);
  expect(await refusalOf(edit(city, { annexOrder: [POWER, POWER] }))).toMatchObject({
    code: 'invalidRequest',
  });
  await city.toEnd();
  const { annex } = await publicFile(city, 'circular.json');
  expect(annex.map(({ number, filingNumber }: View['annex'][number]) => [number, filingNumber])).toEqual([
    [1, POWER],
    [2, STEEL],
    [3, SCHOOL],
    [4, TRAINING],
  ]);
});
