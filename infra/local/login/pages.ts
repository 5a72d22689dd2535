import { createHash } from 'node:crypto';

const STYLE = `
  :root { color-scheme: light; font-family: 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif; }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; grid-template-rows: auto 1fr auto; justify-items: center;
    background: #f7f5f2; color: #1f1f1f; line-height: 1.7; }
  header { width: 100%; background: #a61b29; color: #fff; padding: .75rem 1rem; }
  header p { display: flex; flex-wrap: wrap; align-items: center; gap: .1rem .6rem; max-width: 64rem; margin: 0 auto;
    font-size: 1.4rem; font-weight: 600; }
  header small { font-size: .9rem; font-weight: 400; }
  main { width: min(25rem, calc(100vw - 2rem)); align-self: center; margin: 2rem 0; padding: 2rem 1.75rem 2.25rem;
    background: #fff; border: 1px solid #e3ded7; border-top: 3px solid #a61b29; border-radius: 4px; }
  footer { padding: 1rem; color: #5c5c5c; font-size: .9rem; text-align: center; }
  h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 .25rem; }
  .lead { margin: 0; color: #5c5c5c; }
  label { display: block; margin: 1.1rem 0 .3rem; }
  input, button { width: 100%; font: inherit; line-height: 1.5; padding: .55rem .75rem; border-radius: 4px; }
  input { border: 1px solid #8c8c8c; background: #fff; color: inherit; }
  button { margin-top: 1.75rem; border: 1px solid #a61b29; background: #a61b29; color: #fff; cursor: pointer; }
  button:hover { background: #8c1622; }
  button.plain { margin-top: .75rem; background: #fff; color: #8c1622; }
  button.plain:hover { background: #f7f5f2; }
  :focus-visible { outline: 3px solid #1d5fbf; outline-offset: 2px; }
  [role=alert] { margin: 1rem 0 0; padding: .6rem .9rem; background: #fdecea; color: #8a1c12; border-left: 3px solid #a61b29; }`;

const SHAPE = `<path d="M16 3.5l3.9 8 8.8 1.2-6.4 6.2 1.5 8.7L16 23.5l-7.8 4.1 1.5-8.7-6.4-6.2 8.8-1.2z" fill="#f6c445"/>`;
const STAR = `<svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true">${SHAPE}</svg>`;
const BADGE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#a61b29"/>${SHAPE}</svg>`;
/** In the page itself: the issuer serves no files. */
const ICON = `data:image/svg+xml,${encodeURIComponent(BADGE)}`;

const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** Headers for every answer of the issuer. Forms lead back to the clients, so their origins are form targets. */
export const securityHeaders = (clientOrigins: readonly string[]): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    // Named so that the library can add the hash of its own self-submitting form.
    "script-src 'self'",
    `style-src ${STYLE_HASH}`,
    'img-src data:',
    `form-action 'self' ${clientOrigins.join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
});

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const page = (title: string, body: string) => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${ICON}">
<style>${STYLE}</style>
</head>
<body>
<header><p>${STAR}<span>星评</span><small>技能人才评价机构年度评估</small></p></header>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
<footer>账号和密码由市职业技能鉴定中心发放。忘记密码，请与中心联系重置。</footer>
</body>
</html>
`;

export const loginPage = (title: string, action: string, username = '', error?: string) =>
  page(
    title,
    `<p class="lead">请使用发给您的账号登录。</p>
${error === undefined ? '' : `<p role="alert" id="error">${escapeHtml(error)}</p>`}
<form method="post" action="${escapeHtml(action)}">
<label for="username">用户名</label>
<input id="username" name="username" value="${escapeHtml(username)}" autocomplete="username" autocapitalize="none"
 spellcheck="false" maxlength="64" required${error === undefined ? ' autofocus' : ' aria-describedby="error"'}>
<label for="password">密码</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="200"
 required${error === undefined ? '' : ' autofocus'}>
<button type="submit">登录</button>
</form>`,
  );

/** `form` is the library's, which carries its own token against forgery. */
export const logoutPage = (form: string) =>
  page(
    '退出登录',
    `<p class="lead">退出后须重新登录才能办理。确定退出吗？</p>
${form}
<button type="submit" form="op.logoutForm" name="logout" value="yes">退出登录</button>
<button type="submit" form="op.logoutForm" class="plain">保持登录</button>`,
  );

export const messagePage = (title: string, message: string) => page(title, `<p>${escapeHtml(message)}</p>`);
