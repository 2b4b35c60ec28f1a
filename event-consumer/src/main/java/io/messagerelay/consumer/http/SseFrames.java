package io.messagerelay.consumer.http;

import io.messagerelay.consumer.query.Cursor;
import io.messagerelay.consumer.query.EventView;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.consumer.tail.Frames;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A live stream as server-sent events (HTML, §9.2.6). The id is the list's cursor. A frame without
 * data moves the client's last id and is shown to nobody.
 */
public final class SseFrames implements Frames {
  private static final byte[] HEARTBEAT = bytes(":\n\n");

  /** A client whose stream has ended comes back after a second. */
  private static final String RETRY = "retry: 1000\n";

  @Override
  public byte[] greeting(Cursor start) {
    return bytes(RETRY + id(start) + '\n');
  }

  @Override
  public byte[] event(Cursor at, StoredEvent event) {
    var frame = new ByteArrayOutputStream(512);
    frame.writeBytes(bytes(id(at) + "event: event\ndata: "));
    frame.writeBytes(EventView.line(event));
    frame.write('\n');
    return frame.toByteArray();
  }

  @Override
  public byte[] position(Cursor at) {
    return bytes(id(at) + '\n');
  }

  @Override
  public byte[] heartbeat() {
    return HEARTBEAT;
  }

  private static String id(Cursor at) {
    return "id: " + at.text() + '\n';
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
