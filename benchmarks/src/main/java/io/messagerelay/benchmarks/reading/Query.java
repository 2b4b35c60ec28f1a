package io.messagerelay.benchmarks.reading;

import io.messagerelay.benchmarks.load.SampleEvents;
import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.store.Filling;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A way to read events. Each gives as many from a store of its fewest rows as from a large one. */
enum Query {
  FIRST("the first 100", 100) {
    @Override
    String target(Consumer consumer, String token, long rows) {
      return "/event";
    }
  },
  LAST("the last 100, `order=desc`", 100) {
    @Override
    String target(Consumer consumer, String token, long rows) {
      return "/event?order=desc";
    }
  },
  TYPE("`type`, 20 of them", 100) {
    @Override
    String target(Consumer consumer, String token, long rows) {
      return "/event?limit=20&type=" + TYPES.getFirst();
    }
  },
  TWO_TYPES("two `type`s, 40 of them, `order=desc`", 100) {
    @Override
    String target(Consumer consumer, String token, long rows) {
      return "/event?limit=40&order=desc&type=" + TYPES.get(0) + "&type=" + TYPES.get(1);
    }
  },
  SINCE("`since` the middle, 50 of them", 100) {
    @Override
    String target(Consumer consumer, String token, long rows) {
      return "/event?limit=50&since=" + middle(rows);
    }
  },
  TYPE_SINCE("`type` and `since` the middle, 10 of them", 100) {
    @Override
    String target(Consumer consumer, String token, long rows) {
      return "/event?limit=10&type=" + TYPES.getFirst() + "&since=" + middle(rows);
    }
  },
  CURSOR("`cursor` in the middle, 40 of them", 100) {
    @Override
    String target(Consumer consumer, String token, long rows)
        throws IOException, InterruptedException {
      HttpResponse<String> page = consumer.get("/event?limit=1&since=" + middle(rows), token);
      Matcher next = NEXT.matcher(page.headers().firstValue("Link").orElse(""));
      if (!next.find()) {
        throw new IllegalStateException("no cursor in the answer " + page + " " + page.body());
      }
      return "/event?limit=40&cursor=" + next.group(1);
    }
  },
  BY_ID("one by its id", 100) {
    @Override
    String target(Consumer consumer, String token, long rows) {
      return "/event/" + Filling.eventId(rows / 2);
    }
  },
  THOUSAND("the first 1,000", 1_000) {
    @Override
    String target(Consumer consumer, String token, long rows) {
      return "/event?limit=1000";
    }
  };

  private static final List<String> TYPES = SampleEvents.types();
  private static final Pattern NEXT = Pattern.compile("cursor=([^&>]+)");

  private final String title;
  private final int fewestRows;

  Query(String title, int fewestRows) {
    this.title = title;
    this.fewestRows = fewestRows;
  }

  String title() {
    return title;
  }

  /** The rows of the smallest store that has as many to give. */
  int fewestRows() {
    return fewestRows;
  }

  /**
   * Path and query.
   *
   * @param rows how many the consumer's store has
   */
  abstract String target(Consumer consumer, String token, long rows)
      throws IOException, InterruptedException;

  private static String middle(long rows) {
    return Filling.receivedAt(rows / 2).toString();
  }
}
