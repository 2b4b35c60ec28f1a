import {broken, good} from './service.js';
import {bytes} from './text.js';

/** Without a way to write to a file the export stands in memory first, and may not be larger. */
const MOST_IN_MEMORY = 128 * 1024 * 1024;

const FILE = 'events.ndjson';

/**
 * Saves all events of a query, a line each, oldest first. It goes to the file as it comes where the
 * browser can do that.
 *
 * @param told called with words about how far it is
 * @returns words about the whole
 */
export async function save(session, query, signal, told) {
  const file = await chosenFile();
  const answer = await good(await session.fetch(`/event?${query}`, {headers: {Accept: 'application/x-ndjson'}, signal}));
  const meter = metered(told);
  try {
    return file === null
      ? await throughMemory(answer.body.pipeThrough(meter.stream))
      : await toFile(answer.body.pipeThrough(meter.stream), file, meter);
  } catch (error) {
    throw error instanceof TypeError ? new Error('The export broke off; what has come is only a part.', {cause: broken(error)}) : error;
  }
}

/** Null where the browser offers none. */
async function chosenFile() {
  return window.showSaveFilePicker === undefined ? null : window.showSaveFilePicker({suggestedName: FILE});
}

function metered(told) {
  const meter = {total: 0};
  meter.stream = new TransformStream({
    transform(chunk, out) {
      meter.total += chunk.length;
      told(`${bytes(meter.total)} so far`);
      out.enqueue(chunk);
    },
  });
  return meter;
}

/** A file that was not closed has nothing of it. */
async function toFile(stream, file, meter) {
  await stream.pipeTo(await file.createWritable());
  return `${bytes(meter.total)} saved.`;
}

async function throughMemory(stream) {
  const parts = [];
  let total = 0;
  for (const reader = stream.getReader(); ; ) {
    const {value, done} = await reader.read();
    if (done) {
      break;
    }
    parts.push(value);
    total += value.length;
    if (total > MOST_IN_MEMORY) {
      await reader.cancel();
      throw new Error(`More than ${bytes(MOST_IN_MEMORY)}, which is too much for this browser. Narrow the search, or use event-consumer export.`);
    }
  }
  offer(new Blob(parts, {type: 'application/x-ndjson'}));
  return `${bytes(total)} downloaded.`;
}

function offer(blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = FILE;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
