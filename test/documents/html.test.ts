import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHtml } from '../../shared/documents/html/html.ts';
import { layoutOf } from '../../shared/documents/model.ts';
import { circular } from './sample.ts';

describe('the HTML page of a document', () => {
  const page = toHtml(circular({ sampleMark: '示例数据' }));

  it('counts the ordinals of headings', () => {
    for (const heading of [
      '一、评估结果',
      '（一）机构类型齐全。',
      '（二）计划执行较好。',
      '1.场地不足',
      '（1）设备陈旧',
    ])
      expect(page).toContain(`>${heading}</h`);
    expect(page).toContain('<h3>（一）部分机构工作停滞</h3>');
  });

  it('has language, title, landmarks and heads of columns', () => {
    expect(page).toContain('<html lang="zh-CN">');
    expect(page).toContain('<title>关于2021年度全市技能人才评价机构年度工作评估情况的通报</title>');
    for (const landmark of ['<header', '<main>', '<article>']) expect(page).toContain(landmark);
    expect(page.match(/<th scope="col">/g)).toHaveLength(5);
  });

  it('needs no other file', () => {
    expect(page).not.toMatch(/<(script|link|img|iframe)\b|url\(|@import|src=/);
  });

  it('shows the signature, the note and the mark of sample data', () => {
    expect(page).toContain('<time datetime="2022-03-01">2022年3月1日</time>');
    expect(page).toContain('附件：2021年度技能人才评价机构年度工作评估星级</p>');
    expect(page).toContain('示例数据</p>');
  });

  it('shows markup in any text as text', () => {
    const attack = '<script>alert(1)</script>"\'&<img src=x onerror=alert(2)>';
    const attacked = toHtml({
      language: 'zh-CN',
      head: { layout: 'wenjian', mark: attack, number: attack },
      title: [attack],
      recipients: attack,
      body: [
        { kind: 'heading', level: 2, text: attack, follows: attack },
        { kind: 'paragraph', text: [{ text: attack, strong: true }] },
        { kind: 'facts', caption: attack, entries: [{ name: attack, value: attack }] },
      ],
      annexes: [
        {
          title: [attack],
          body: [
            { kind: 'table', caption: attack, columns: [{ title: attack, share: 1 }], rows: [[attack]] },
          ],
        },
      ],
      signature: { organ: attack, sealed: true },
      remark: attack,
      date: '2022-03-01',
      sampleMark: attack,
    });
    expect(attacked).not.toMatch(/<script|<img/);
    expect(
      attacked.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;&quot;&#39;&amp;/g)?.length,
    ).toBeGreaterThan(14);
  });

  it('opens no tag from a random text', () => {
    const tags = (text: string) => toHtml(circular({ remark: text })).match(/<[a-z/!]/gi)?.length;
    const plain = tags('联系人');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(tags(text)).toBe(plain);
      }),
    );
  });
});

describe('the layout that a number asks for', () => {
  it.each([
    ['职技函〔2022〕4号', 'xinhan'],
    ['职技〔2022〕4号', 'wenjian'],
  ] as const)('%s: %s', (number, layout) => expect(layoutOf(number)).toBe(layout));
});
