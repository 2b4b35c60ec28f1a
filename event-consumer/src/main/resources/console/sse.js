/** Reads server-sent events of a fetch; EventSource cannot send a token. */

/** The frames of a stream as they come, also those that are a comment: {id?, data?}. */
export async function* frames(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (;;) {
      const {value, done} = await reader.read();
      if (done) {
        return;
      }
      const parts = (text + value).split('\n\n');
      text = parts.pop();
      for (const part of parts) {
        yield frame(part);
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function frame(text) {
  const fields = {};
  for (const line of text.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0) {
      fields[line.slice(0, colon)] = line.slice(colon + 2);
    }
  }
  return fields;
}
