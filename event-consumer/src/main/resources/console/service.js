/** What the service answers, and what is said of it when it is not what was hoped for. */

/** An answer that is a refusal, or none at all (status 0). Its message is for a person. */
export class ServiceError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }

  /** Whether asking the same again may be answered better. */
  get passes() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** A fetch whose failure is a ServiceError. What was aborted stays an AbortError. */
export async function ask(path, options) {
  try {
    return await fetch(path, {cache: 'no-store', credentials: 'omit', redirect: 'error', ...options});
  } catch (error) {
    throw broken(error);
  }
}

/** What a connection that broke is called. */
export function broken(error) {
  return error.name === 'AbortError' ? error : new ServiceError(0, 'The service cannot be reached.');
}

/** The answer, if it is a good one; otherwise throws what it says. */
export async function good(response) {
  if (response.ok) {
    return response;
  }
  throw new ServiceError(response.status, `${response.status}: ${await words(response)}`);
}

/** Of a problem (RFC 9457) or an OAuth error, in words. */
async function words(response) {
  const text = await response.text().catch(() => '');
  try {
    const {title, detail, errors, error, error_description: description} = JSON.parse(text);
    const faults = (errors ?? []).map(fault => `${fault.pointer ?? ''} ${fault.detail}`.trim());
    const all = faults.length > 0 ? faults.join('; ') : detail;
    return [title, all].filter(Boolean).join(': ') || description || error || response.statusText;
  } catch {
    return response.statusText || 'no reason was given';
  }
}

/** The address of the next page (RFC 8288), or null. */
export function nextPage(response) {
  return /<([^>]*)>; *rel="next"/.exec(response.headers.get('Link') ?? '')?.[1] ?? null;
}

/** The path of one event, whatever signs its id has. */
export function eventPath(eventId) {
  return `/event/${encodeURIComponent(eventId)}`;
}
