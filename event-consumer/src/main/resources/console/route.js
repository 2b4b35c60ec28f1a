/** The state of what is shown, in the address: #/events?q=type:order.*&event=order-17. */

const VIEWS = ['events', 'overview', 'refusals', 'send'];

/** The view and its parameters; events where the address says nothing. */
export function readRoute(hash = location.hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  return {view: VIEWS.includes(path) ? path : 'events', parameters: Object.fromEntries(new URLSearchParams(query))};
}

/** The address of a view; what is null or empty is left out. */
export function addressOf(view, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const query = new URLSearchParams(given).toString();
  return `#/${view}${query && '?'}${query}`;
}

/** Goes there; in place of where one is, so that "back" leads to before, where replace is said. */
export function go(view, parameters, {replace = false} = {}) {
  const address = addressOf(view, parameters);
  if (address === location.hash) {
    return;
  }
  if (replace) {
    history.replaceState(null, '', address);
  } else {
    history.pushState(null, '', address);
  }
  window.dispatchEvent(new Event('hashchange'));
}
