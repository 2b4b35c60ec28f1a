import {quoted} from './text.js';

/** Commands that work as they are in a shell in the folder of message-relay, whose .env holds the password. */

/** Sends a first event. */
export function sendCommand(origin, account) {
  return curl(origin, account, `-H 'Content-Type: application/json' ${quoted(`${origin}/event`)} \\
  -d '{"event_type": "order.created", "event_payload": "order 1001: 2 blue cups"}'`);
}

/** Reads what is at a path. */
export function readCommand(origin, account, path) {
  return curl(origin, account, quoted(origin + path));
}

/** With a new token, unless the shell has one; no password stands in it. */
function curl(origin, account, what) {
  return [
    `curl -sS -H "Authorization: Bearer \${token:-$(curl -sS ${quoted(`${origin}/token`)} \\`,
    `  --data-urlencode ${quoted(`username=${account}`)} \\`,
    '  --data-urlencode "password=${SERVICE_PASSWORD:-$(bin/dotenv SERVICE_PASSWORD)}" \\',
    `  | sed 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/')}" \\`,
    `  ${what}`,
  ].join('\n');
}
