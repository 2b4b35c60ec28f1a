package io.messagerelay.consumer.app.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.consumer.app.events.Api.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Reads what is stored by now, page by page, and writes it, a line each. A page that does not come
 * is asked for again; what was written stays. Used by one thread.
 */
final class Export {
  private static final String MOST_A_PAGE = "1000";

  private final Api api;
  private final FilterOptions filters;
  private final boolean stored;
  private final Patience patience;

  Export(Api api, FilterOptions filters, boolean stored, Patience patience) {
    this.api = api;
    this.filters = filters;
    this.stored = stored;
    this.patience = patience;
  }

  /**
   * How much was written.
   *
   * @param erased how many were left out, because there is nothing left of them to send
   */
  record Written(long events, long erased) {}

  /** Events that lie in a file instead, all of them, in the form in which they were sent. */
  static Written asSent(ExportedLines lines, OutputStream out) throws IOException {
    long events = 0;
    long erased = 0;
    for (Optional<Listed> next = lines.next(); next.isPresent(); next = lines.next()) {
      if (next.get().isErased()) {
        erased++;
      } else {
        write(next.get().asSent(), out);
        events++;
      }
    }
    return new Written(events, erased);
  }

  private static void write(String line, OutputStream out) throws IOException {
    out.write(line.getBytes(UTF_8));
    out.write('\n');
  }

  Written to(OutputStream out, Meter meter) throws IOException, InterruptedException {
    Optional<Listed> newest = page("order=desc&limit=1").events().stream().findFirst();
    if (newest.isEmpty()) {
      return new Written(0, 0);
    }
    long events = 0;
    long erased = 0;
    Optional<String> query = Optional.of(first(newest.get()));
    while (query.isPresent()) {
      Page page = page(query.get());
      for (Listed event : page.events()) {
        if (event.isErased() && !stored) {
          erased++;
        } else {
          write(stored ? event.source() : event.asSent(), out);
          events++;
        }
        meter.at(event.id(), newest.get().id(), events);
      }
      query = page.next();
    }
    return new Written(events, erased);
  }

  /** Times never go back along places, so those of up to now come before all later ones. */
  private String first(Listed newest) {
    Query query = filters.query().with("order", "asc").with("limit", MOST_A_PAGE);
    if (!filters.hasUntil()) {
      Instant last = Instant.parse(newest.receivedTime());
      query.with("until", last.plus(1, ChronoUnit.MICROS).toString());
    }
    return query.text();
  }

  private Page page(String query) throws InterruptedException {
    while (true) {
      try {
        Page page = api.page(query);
        patience.answered();
        return page;
      } catch (Unanswered e) {
        patience.waitAfter(e);
      }
    }
  }
}
