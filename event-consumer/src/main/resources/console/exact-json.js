/** JSON whose numbers stay as they were written, where the browser can do that. */

/** As JSON.parse, but that a number which JavaScript would change is kept as its text. */
export function parse(text) {
  return JSON.parse(text, exactNumber);
}

function exactNumber(_, value, context) {
  const isChanged = typeof value === 'number' && context?.source !== undefined && String(value) !== context.source;
  return isChanged && JSON.rawJSON ? JSON.rawJSON(context.source) : value;
}

/** The text of a number or other value that has no parts. */
export function scalarText(value) {
  return isExact(value) ? value.rawJSON : JSON.stringify(value);
}

function isExact(value) {
  return JSON.isRawJSON?.(value) ?? false;
}

/** Whether it is an object or an array. */
export function hasParts(value) {
  return typeof value === 'object' && value !== null && !isExact(value);
}

/** What a payload holds: of a text with JSON in it, that JSON; undefined where there is none with parts. */
export function structure(payload) {
  if (typeof payload !== 'string') {
    return payload;
  }
  try {
    const value = /^\s*[[{]/.test(payload) ? parse(payload) : undefined;
    return hasParts(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
