/** The counts of the last day, from GET /stats. */

const HOUR_SECONDS = 3_600;
const HOURS = 24;
const MOST_TYPES = 12;

/** By hour, oldest first, hours without events included: [seconds of their beginnings, numbers]. */
export function byHour(counts, until) {
  const last = Math.floor(until / HOUR_SECONDS) * HOUR_SECONDS;
  const hours = Array.from({length: HOURS}, (_, i) => last - (HOURS - 1 - i) * HOUR_SECONDS);
  const stored = new Map(hours.map(hour => [hour, 0]));
  for (const {hour, stored: number} of counts) {
    const at = Date.parse(hour) / 1000;
    stored.set(at, (stored.get(at) ?? 0) + number);
  }
  return [hours, hours.map(hour => stored.get(hour))];
}

/** By type, the most frequent first: [{type, stored}]; the rest, and those without a count of their own, are one. */
export function byType(counts) {
  const types = new Map();
  for (const {type, stored} of counts) {
    types.set(type, (types.get(type) ?? 0) + stored);
  }
  const uncounted = types.get(null) ?? 0;
  types.delete(null);
  const sorted = [...types].map(([type, stored]) => ({type, stored})).sort((one, other) => other.stored - one.stored);
  const rest = sorted.slice(MOST_TYPES).reduce((sum, {stored}) => sum + stored, uncounted);
  return {types: sorted.slice(0, MOST_TYPES), rest, total: sorted.reduce((sum, {stored}) => sum + stored, uncounted)};
}
