package io.messagerelay.consumer.http;

import io.messagerelay.contract.BodyReading;
import io.messagerelay.contract.EventJson;
import io.messagerelay.contract.EventLimits;
import io.messagerelay.contract.Reading;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one event a line, each as soon as its line is complete; keeps the current line and the
 * readings. Lines of blanks are skipped. A line that is too long is not kept and is its own fault
 * alone.
 */
final class NdjsonLines implements BodySink<BodyReading> {
  private final EventJson json;
  private final List<Reading> readings = new ArrayList<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int lineLength;

  NdjsonLines(EventJson json) {
    this.json = json;
  }

  @Override
  public void take(Buffer chunk) {
    byte[] bytes = chunk.getBytes();
    int begin = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        append(bytes, begin, at);
        endLine();
        begin = at + 1;
      }
    }
    append(bytes, begin, bytes.length);
  }

  private void append(byte[] bytes, int begin, int end) {
    lineLength += end - begin;
    if (lineLength <= EventLimits.EVENT_BYTES) {
      line.write(bytes, begin, end - begin);
    }
  }

  private void endLine() {
    if (readings.size() <= EventLimits.BATCH_EVENTS) {
      readLine();
    }
    line.reset();
    lineLength = 0;
  }

  private void readLine() {
    if (lineLength > EventLimits.EVENT_BYTES) {
      readings.add(new Reading.TooLarge(null, lineLength));
      return;
    }
    byte[] event = line.toByteArray();
    if (!isBlank(event)) {
      readings.add(json.read(event, null));
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte sign : line) {
      if (sign != ' ' && sign != '\t' && sign != '\r') {
        return false;
      }
    }
    return true;
  }

  @Override
  public BodyReading finish() {
    endLine();
    return readings.size() > EventLimits.BATCH_EVENTS
        ? new BodyReading.TooMany()
        : new BodyReading.Batch(readings);
  }
}
