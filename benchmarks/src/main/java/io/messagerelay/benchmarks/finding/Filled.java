package io.messagerelay.benchmarks.finding;

import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.store.History;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.consumer.query.Cursor;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service on a store that has a history. Closed with its service; the place stays. */
record Filled(
    StoreKind kind,
    StorePlace place,
    History history,
    Consumer consumer,
    String token,
    String storeId)
    implements AutoCloseable {
  private static final Pattern NEXT = Pattern.compile("<([^>]*cursor=([^&>]+)[^>]*)>");
  private static final Pattern EVENT = Pattern.compile("\"event_id\":");
  private static final int OK = 200;
  private static final int BUFFER = 256 * 1024;

  /**
   * A page of the list.
   *
   * @param events how many are on it
   * @param next path and query of the page behind it; empty when there is none
   * @param reached the position behind which that one goes on; 0 when there is none
   */
  record Page(long events, String next, long reached) {}

  /** An export's length. */
  record Exported(long events, long bytes) {}

  Page page(String target) throws IOException, InterruptedException {
    HttpResponse<String> answer = consumer.get(target, token);
    requireOk(answer, target);
    long events = EVENT.matcher(answer.body()).results().count();
    Matcher link = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
    Optional<Cursor> cursor = link.find() ? Cursor.of(link.group(2)) : Optional.empty();
    return cursor.isEmpty()
        ? new Page(events, "", 0)
        : new Page(events, link.group(1), cursor.get().position());
  }

  /** Of the answer as it comes over the wire. */
  int bytes(String target, String encoding) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        consumer.get(target, token, BodyHandlers.ofByteArray(), "Accept-Encoding", encoding);
    requireOk(answer, target);
    return answer.body().length;
  }

  /** Reads an export to its end. */
  Exported export(long events) throws IOException, InterruptedException {
    String target = "/event?limit=" + events;
    HttpResponse<InputStream> answer =
        consumer.get(target, token, BodyHandlers.ofInputStream(), "Accept", "application/x-ndjson");
    requireOk(answer, target);
    long lines = 0;
    long bytes = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream body = answer.body()) {
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        bytes += read;
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    if (lines != events) {
      throw new IllegalStateException("an export of %d events had %d".formatted(events, lines));
    }
    return new Exported(lines, bytes);
  }

  private static void requireOk(HttpResponse<?> answer, String target) {
    if (answer.statusCode() != OK) {
      throw new IllegalStateException(target + " was answered with " + answer.statusCode());
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
