/** Texts as they are shown: nothing in them is hidden, and none reaches beyond itself. */

const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const INVISIBLE_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Signs without a look of their own, and those that turn the direction of others, as \u202e. */
export function visible(text) {
  return text.replace(INVISIBLE, escaped);
}

/** The same, but that lines stay lines. */
export function visibleLines(text) {
  return text.replace(INVISIBLE_BUT_LINES, escaped);
}

function escaped(sign) {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The beginning of a text, as a text of its own: a part would keep the whole in memory. */
export function beginning(text, length) {
  return text.length <= length ? text : `${JSON.parse(JSON.stringify(text.slice(0, length)))}…`;
}

const NUMBER = new Intl.NumberFormat('en');

/** 12,345 */
export function count(number) {
  return NUMBER.format(number);
}

const TENTHS = new Intl.NumberFormat('en', {minimumFractionDigits: 1, maximumFractionDigits: 1});

/** "2,491", "12.5" */
export function rate(number) {
  return number < 100 ? TENTHS.format(number) : count(Math.round(number));
}

/** "1 event", "2 events" */
export function counted(number, noun) {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

export function bytes(number) {
  const unit = number < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(number) / 10));
  return unit === 0 ? `${number} bytes` : `${(number / 1024 ** unit).toFixed(1)} ${UNITS[unit]}`;
}

/** As a shell takes it for one word. */
export function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
