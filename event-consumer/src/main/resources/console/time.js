/** Times of events, which come in UTC with microseconds, as people read them. */

/** "2026-11-30 14:31:44.123", where the reader is. */
export function local(iso) {
  const time = new Date(iso);
  return `${day(time)} ${clock(time)}`;
}

/** "2026-11-30 14:31:44.123456", of what the service told. */
export function utc(iso) {
  return iso.replace('T', ' ').replace('Z', '');
}

/** The clock's time if it is of today, or else with its day. */
export function brief(iso, now = new Date()) {
  const time = new Date(iso);
  return day(time) === day(now) ? clock(time) : `${day(time).slice(5)} ${clock(time).slice(0, 8)}`;
}

/** The reader's zone, as "Europe/Berlin". */
export function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A microsecond later; the service's times have six digits. */
export function justAfter(iso) {
  const [, seconds, micros] = /^(.*)\.(\d{6})Z$/.exec(iso);
  const next = Number(micros) + 1;
  return next < 1_000_000
    ? `${seconds}.${String(next).padStart(6, '0')}Z`
    : new Date(Date.parse(`${seconds}Z`) + 1000).toISOString();
}

/** "4 s", "3 min", "2 h", "5 d" */
export function span(seconds) {
  const [unit, size] = [['d', 86_400], ['h', 3_600], ['min', 60], ['s', 1]].find(([, s]) => seconds >= s) ?? ['s', 1];
  return `${Math.floor(seconds / size)} ${unit}`;
}

/** "850 µs", "2.1 ms", "1.20 s" */
export function duration(seconds) {
  if (seconds === null) {
    return '–';
  }
  if (seconds < 0.001) {
    return `${Math.round(seconds * 1e6)} µs`;
  }
  return seconds < 1 ? `${(seconds * 1000).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;
}

function day(time) {
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** "14:31:44.123", where the reader is. */
export function clock(time) {
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

function two(number) {
  return String(number).padStart(2, '0');
}
