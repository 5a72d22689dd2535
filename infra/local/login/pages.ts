import { createHash } from 'node:crypto';

const STYLE = `
  :root { color-scheme: light; font-family: system-ui, 'Noto Sans SC', 'Microsoft YaHei', sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f3f5f8; color: #1f2933; }
  main { box-sizing: border-box; width: min(24rem, 100vw); padding: 2rem 1.5rem; background: #fff; border-radius: 8px; }
  h1 { font-size: 1.25rem; margin: 0 0 1.25rem; }
  label { display: block; margin: 1rem 0 .25rem; }
  input, button { box-sizing: border-box; width: 100%; font: inherit; padding: .6rem; border-radius: 4px; }
  input { border: 1px solid #66758a; }
  button { margin-top: 1.5rem; border: 1px solid #0b5cad; background: #0b5cad; color: #fff; cursor: pointer; }
  button.plain { margin-top: .75rem; background: #fff; color: #0b5cad; }
  :focus-visible { outline: 3px solid #f0a202; outline-offset: 2px; }
  [role=alert] { margin: 0; padding: .75rem; background: #fdecea; color: #8a1c12; border-radius: 4px; }`;

const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** Headers for every answer of the issuer. Forms lead back to the clients, so their origins are form targets. */
export const securityHeaders = (clientOrigins: readonly string[]): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    // Named so that the library can add the hash of its own self-submitting form.
    "script-src 'self'",
    `style-src ${STYLE_HASH}`,
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
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;

export const loginPage = (title: string, action: string, username = '', error?: string) =>
  page(
    title,
    `${error === undefined ? '' : `<p role="alert" id="error">${escapeHtml(error)}</p>`}
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
    `<p>确定退出吗？</p>
${form}
<button type="submit" form="op.logoutForm" name="logout" value="yes">退出登录</button>
<button type="submit" form="op.logoutForm" class="plain">保持登录</button>`,
  );

export const messagePage = (title: string, message: string) => page(title, `<p>${escapeHtml(message)}</p>`);
