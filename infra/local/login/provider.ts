import Provider, { type Configuration, errors, type JWK } from 'oidc-provider';
import type { Account } from './accounts.ts';
import type { openArtifacts } from './artifacts.ts';
import { logoutPage, messagePage } from './pages.ts';

export interface Client {
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  /** Where the browser may be sent after signing out. */
  readonly postLogoutRedirectUris?: readonly string[];
}

export interface ProviderOptions {
  readonly issuerUrl: string;
  readonly clients: readonly Client[];
  /** The one resource that tokens are for: their `aud`. */
  readonly audience: string;
  readonly artifacts: ReturnType<typeof openArtifacts>;
  findAccount(id: string): Account | undefined;
}

/** A working day; whoever is still there in the evening signs in again. */
const SESSION_S = 12 * 3600;
const TOKEN_S = 3600;
const INTERACTION_S = 30 * 60;
const SCOPES = 'openid profile offline_access';
/** The scope of our one resource. */
const RESOURCE_SCOPE = 'portal';

/** Authorization code with PKCE, for public first-party clients and one resource; everything else is off. */
export function createProvider(options: ProviderOptions): Provider {
  const { issuerUrl, clients, audience, artifacts, findAccount } = options;
  return new Provider(issuerUrl, {
    adapter: artifacts.adapter,
    clients: clients.map(({ clientId, redirectUris, postLogoutRedirectUris = [] }) => ({
      client_id: clientId,
      redirect_uris: [...redirectUris],
      post_logout_redirect_uris: [...postLogoutRedirectUris],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    })),
    jwks: { keys: [artifacts.keys.signing] satisfies JWK[] },
    cookies: { keys: [artifacts.keys.cookies] },
    responseTypes: ['code'],
    scopes: SCOPES.split(' '),
    claims: { openid: ['sub'], profile: ['name', 'role', 'agency'] },
    // The portal reads name and role from the ID token, without a call to userinfo.
    conformIdTokenClaims: false,
    clientAuthMethods: ['none'],
    pkce: { required: () => true },
    clientBasedCORS: (_ctx, origin, client) =>
      (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
    ttl: {
      AccessToken: TOKEN_S,
      AuthorizationCode: 60,
      Grant: SESSION_S,
      IdToken: TOKEN_S,
      Interaction: INTERACTION_S,
      RefreshToken: SESSION_S,
      Session: SESSION_S,
    },
    features: features(audience),
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // Tokens end with the session that they came from: signing out is final.
    expiresWithSession: async () => true,
    rotateRefreshToken: true,
    interactions: { url: (_ctx, { uid }) => `${pathOf(issuerUrl)}/interaction/${uid}` },
    loadExistingGrant: grantFirstParty(audience),
    findAccount: async (_ctx, id) => {
      const account = findAccount(id);
      return account && { accountId: id, claims: async () => ({ sub: id, ...claimsOf(account) }) };
    },
    extraTokenClaims: async (_ctx, token) => {
      const account = 'accountId' in token ? findAccount(token.accountId) : undefined;
      return account && claimsOf(account);
    },
    renderError: async (ctx, out) => {
      ctx.type = 'html';
      ctx.body = messagePage('无法登录', `请返回平台重新登录。（${out.error}）`);
    },
  });
}

const claimsOf = ({ role, agency, name }: Account) => ({ role, name, ...(agency ? { agency } : {}) });

/** The issuer's path without a trailing slash: empty at the root. */
export const pathOf = (issuerUrl: string) => new URL(issuerUrl).pathname.replace(/\/$/, '');

const features = (audience: string): NonNullable<Configuration['features']> => ({
  devInteractions: { enabled: false },
  dPoP: { enabled: false },
  pushedAuthorizationRequests: { enabled: false },
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: async (ctx, form) => {
      ctx.body = logoutPage(form);
    },
    postLogoutSuccessSource: async (ctx) => {
      ctx.body = messagePage('已退出登录', '您可以关闭此页面。');
    },
  },
  resourceIndicators: {
    enabled: true,
    defaultResource: async () => audience,
    useGrantedResource: async () => true,
    getResourceServerInfo: async (_ctx, resource) => {
      if (resource !== audience) throw new errors.InvalidTarget();
      return {
        scope: RESOURCE_SCOPE,
        audience,
        accessTokenTTL: TOKEN_S,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      };
    },
  },
});

/** Consent is for third parties: the portal of the authority itself is granted what it asks for. */
const grantFirstParty =
  (audience: string): NonNullable<Configuration['loadExistingGrant']> =>
  async (ctx) => {
    const { provider, session, client } = ctx.oidc;
    if (!client || !session?.accountId) return undefined;
    const known = session.grantIdFor(client.clientId);
    const existing = known ? await provider.Grant.find(known) : undefined;
    if (existing) return existing;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope(SCOPES);
    grant.addResourceScope(audience, RESOURCE_SCOPE);
    await grant.save();
    return grant;
  };
