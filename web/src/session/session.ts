/**
 * Who is signed in: OpenID Connect, authorization code with PKCE, at whatever issuer the configuration names. Tokens stand in
 * this tab's storage only. They are renewed while the issuer gives refresh tokens; after that the person signs in again.
 */
import { ErrorResponse, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { config } from '../config.ts';

/** Nobody is signed in, or no longer: whoever asked keeps what they have and asks for a new sign-in. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';
  constructor() {
    super('登录已过期，请重新登录后继续');
  }
}

let manager: UserManager | undefined;

function issuer(): UserManager {
  if (manager) return manager;
  const { issuer: authority, clientId, scope } = config();
  const tab = () => new WebStorageStateStore({ store: window.sessionStorage });
  manager = new UserManager({
    authority,
    client_id: clientId,
    scope,
    redirect_uri: `${window.location.origin}/signed-in`,
    post_logout_redirect_uri: `${window.location.origin}/`,
    response_type: 'code',
    // Renewal goes through the refresh token, as it is needed: a hidden frame would need an issuer that lets itself be framed.
    automaticSilentRenew: false,
    userStore: tab(),
    stateStore: tab(),
  });
  return manager;
}

/** A minute early, so that no token ends on its way. */
const isGood = ({ expires_in }: User) => expires_in === undefined || expires_in > 60;

let renewing: Promise<User | null> | undefined;

/** One renewal at a time: a refresh token is good for one. */
function renewed(): Promise<User | null> {
  renewing ??= issuer()
    .signinSilent()
    .catch((error: unknown) => {
      if (error instanceof ErrorResponse) return null;
      // The issuer could not be asked: nobody is signed out by a cut line.
      throw error;
    })
    .finally(() => {
      renewing = undefined;
    });
  return renewing;
}

/**
 * An access token that is good now.
 * @param refused a token that the API did not take, whatever its time says.
 * @throws SignedOut
 */
export async function accessToken(refused?: string): Promise<string> {
  const user = await issuer().getUser();
  if (user && isGood(user) && user.access_token !== refused) return user.access_token;
  const fresh = user?.refresh_token ? await renewed() : null;
  if (!fresh || fresh.access_token === refused) throw new SignedOut();
  return fresh.access_token;
}

/** Leaves for the issuer's page and comes back to this address. */
export async function signIn(): Promise<void> {
  const { pathname, search, hash } = window.location;
  await issuer().signinRedirect({ state: `${pathname}${search}${hash}` });
}

let answered: Promise<string> | undefined;

/** Back from the issuer. @returns the address that the person came from. */
export function takeAnswer(): Promise<string> {
  answered ??= issuer()
    .signinRedirectCallback()
    .then(({ state }) => (typeof state === 'string' && /^\/(?!\/)/.test(state) ? state : '/work'));
  return answered;
}

/** Forgets the tokens and ends the session at the issuer, if it has an address for that. */
export async function signOut(): Promise<void> {
  const user = await issuer().getUser();
  const end = await issuer().metadataService.getEndSessionEndpoint();
  if (user && end) await issuer().signoutRedirect();
  else {
    await issuer().removeUser();
    window.location.assign('/');
  }
}
