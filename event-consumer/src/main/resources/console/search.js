/** What is typed into the search box, and what it asks of GET /event. */

const FIELD = /^(type|since|until|key|id):("(?:[^"\\]|\\.)*"|\S*)/;
const TEXT = /^"((?:[^"\\]|\\.)*)"|^\S+/;

/**
 * Reads a search: types, since, until, key, id, payload (a JSON object) and text, each where it was
 * given, and faults in words.
 */
export function readSearch(text) {
  const search = {types: [], words: [], faults: []};
  let rest = text.trimStart();
  while (rest !== '') {
    rest = rest.slice(take(rest, search)).trimStart();
  }
  search.text = search.words.join(' ');
  if (search.id !== undefined && Object.keys(parametersOf(search)).length > 0) {
    search.faults.push('id: stands alone, for it names one event');
  }
  return search;
}

/** Reads what the text begins with; gives how long that is. */
function take(text, search) {
  if (text.startsWith('{')) {
    return takePayload(text, search);
  }
  const field = FIELD.exec(text);
  if (field !== null) {
    takeField(field[1], plain(field[2]), search);
    return field[0].length;
  }
  const word = TEXT.exec(text);
  search.words.push(word[1] === undefined ? word[0] : plain(word[0]));
  return word[0].length;
}

function takeField(name, value, search) {
  if (value === '') {
    search.faults.push(`${name}: needs a value`);
  } else if (name === 'type') {
    search.types.push(value);
  } else {
    put(name, value, search);
  }
}

function put(name, value, search) {
  if (search[name] !== undefined) {
    search.faults.push(`${name === 'payload' ? 'a JSON object' : `${name}:`} may be given once`);
  }
  search[name] = value;
}

function takePayload(text, search) {
  const end = objectEnd(text);
  const json = text.slice(0, end);
  try {
    JSON.parse(json);
    put('payload', json, search);
  } catch {
    search.faults.push(`${json} is no JSON object; write {"order": 17}`);
  }
  return end;
}

/** Where the object at the beginning ends; at the end of the text where it does not. */
function objectEnd(text) {
  let depth = 0;
  for (const {0: sign, index} of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    depth += sign === '{' ? 1 : sign === '}' ? -1 : 0;
    if (depth === 0) {
      return index + 1;
    }
  }
  return text.length;
}

function plain(text) {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text;
}

/** The parameters of GET /event, but for order, limit and cursor: [[name, value], …]. */
function parametersOf(search) {
  const {types, since, until, key, payload, text} = search;
  const single = {since, until, key, payload, q: text || undefined};
  return [...types.map(type => ['type', type]), ...Object.entries(single).filter(([, value]) => value !== undefined)];
}

/** The query of GET /event; what is given goes before. */
export function queryOf(search, given = {}) {
  const mine = parametersOf(search).filter(([name]) => !(name in given));
  const others = Object.entries(given).filter(([, value]) => value !== null);
  return new URLSearchParams([...mine, ...others]).toString();
}

/** The search with one field more, as somebody would type it. */
export function withField(text, name, value) {
  const typed = /[\s"]/.test(value) ? `"${value.replace(/[\\"]/g, '\\$&')}"` : value;
  const field = `${name}:${typed}`;
  return text.includes(field) ? text : `${text} ${field}`.trim();
}
