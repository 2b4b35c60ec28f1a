package io.messagerelay.consumer.http;

import io.messagerelay.consumer.app.RunningConsumer;
import io.messagerelay.contract.EventLimits;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Bodies on their way to a consumer that leave next to no room for another one. */
final class Crowd implements AutoCloseable {
  /** Of each the last byte does not come. */
  private static final int BODIES = (int) (RequestBodies.MOST_KEPT / EventLimits.BODY_BYTES);

  private final Deque<RawSocket> bodies = new ArrayDeque<>();

  private Crowd() {}

  /** Those that have come so far; the service may still be reading the last ones. */
  static Crowd at(RunningConsumer consumer, String token) throws IOException {
    var crowd = new Crowd();
    byte[] body = new byte[EventLimits.BODY_BYTES - 1];
    Arrays.fill(body, (byte) ' ');
    for (int i = 0; i < BODIES; i++) {
      var socket = new RawSocket(consumer.port());
      crowd.bodies.add(socket);
      socket.send(RawSocket.post(token, EventLimits.BODY_BYTES));
      socket.sendAsFarAsItGoes(body);
    }
    return crowd;
  }

  @Override
  public void close() throws IOException {
    while (!bodies.isEmpty()) {
      bodies.remove().close();
    }
  }
}
