import {ask, good, ServiceError} from './service.js';

/** A part of a token's life, after which it is renewed. */
const RENEW_AFTER = 0.8;
const RETRY_MILLIS = 2_000;

/** Logs in, or renews: POST /token. */
async function token(form) {
  const response = await good(await ask('/token', {method: 'POST', body: new URLSearchParams(form)}));
  return response.json();
}

/** A token for one request that asks for more than the session has; it is not kept. */
export async function tokenWith(scope, username, password) {
  return (await token({grant_type: 'password', username, password, scope})).access_token;
}

/**
 * Who is signed in. The tokens are in memory alone, are renewed before they end, and go with the page.
 * Tells "change" when somebody comes or goes.
 */
export class Session extends EventTarget {
  #tokens = null;
  #timer = 0;
  #renewing = null;

  /** The account's name; empty while nobody is signed in. */
  account = '';

  /** Why nobody is, where there is something to say. */
  farewell = '';

  get isOpen() {
    return this.#tokens !== null;
  }

  async signIn(username, password) {
    this.#keep(await token({grant_type: 'password', username, password}));
    this.account = username;
    this.farewell = '';
    this.dispatchEvent(new Event('change'));
  }

  signOut(farewell = '') {
    clearTimeout(this.#timer);
    this.#tokens = null;
    this.account = '';
    this.farewell = farewell;
    this.dispatchEvent(new Event('change'));
  }

  /** A request with the token; once more with a new one when that was refused. */
  async fetch(path, options = {}) {
    const tokens = this.#tokens;
    const response = await this.#send(path, options);
    if (response.status !== 401) {
      return response;
    }
    if (this.#tokens === tokens) {
      await this.#renew();
    }
    const again = await this.#send(path, options);
    if (again.status === 401) {
      this.signOut('The service does not accept this session any more. Please sign in again.');
    }
    return again;
  }

  async #send(path, options) {
    if (this.#tokens === null) {
      throw new ServiceError(401, 'Nobody is signed in.');
    }
    const headers = {...options.headers, Authorization: `Bearer ${this.#tokens.access_token}`};
    return ask(path, {...options, headers});
  }

  #keep(tokens) {
    this.#tokens = tokens;
    this.#renewIn(tokens.expires_in * RENEW_AFTER * 1000);
  }

  #renewIn(millis) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#renew().catch(() => {}), millis);
  }

  /** A refresh token is good once, so all who want a new token wait for the same one. */
  #renew() {
    this.#renewing ??= this.#renewOnce().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  async #renewOnce() {
    const old = this.#tokens;
    try {
      const renewed = await token({grant_type: 'refresh_token', refresh_token: old.refresh_token});
      if (this.#tokens === old) {
        this.#keep(renewed);
      }
    } catch (error) {
      if (this.#tokens === old && error.passes) {
        this.#renewIn(RETRY_MILLIS);
      } else if (this.#tokens === old) {
        this.signOut(`The session could not be renewed (${error.message}). Please sign in again.`);
      }
      throw error;
    }
  }
}
