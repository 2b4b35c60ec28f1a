package io.messagerelay.benchmarks.finding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.benchmarks.load.ShopEvents;
import io.messagerelay.benchmarks.store.History;
import io.messagerelay.consumer.query.Cursor;
import java.net.URLEncoder;
import java.util.List;

/** A way to look for events; the first page of its answer is what is measured. */
enum Search {
  FIRST("no filter", "/event"),
  LAST("no filter, `order=desc`", "/event?order=desc"),
  CURSOR("a cursor in the middle", "/event?cursor=$cursor"),
  TYPE("`type`, one, every fourth event", "/event?type=" + ShopEvents.typeOfRank(0)),
  RARE_TYPE("`type`, one, every seventieth event", "/event?type=" + ShopEvents.typeOfRank(19)),
  TYPES(
      "`type`, three",
      "/event?type=%s&type=%s&type=%s"
          .formatted(
              ShopEvents.typeOfRank(1), ShopEvents.typeOfRank(9), ShopEvents.typeOfRank(18))),
  PREFIX("`type=order.*`", "/event?type=order.*"),
  PREFIX_DESC("`type=order.*`, `order=desc`", "/event?type=order.*&order=desc"),
  SINCE_OLD("`since`, near the beginning", "/event?since=$old"),
  SINCE_RECENT("`since`, near the end", "/event?since=$recent"),
  SPAN("`since=10m`", "/event?since=10m"),
  SPAN_DESC("`since=10m`, `order=desc`", "/event?since=10m&order=desc"),
  UNTIL_OLD("`until`, near the beginning, `order=desc`", "/event?until=$old&order=desc"),
  UNTIL_RECENT("`until`, near the end, `order=desc`", "/event?until=$recent&order=desc"),
  KEY("`key`, of 10,000", "/event?key=" + ShopEvents.key(1)),
  RARE_KEY("`key`, rare", "/event?key=" + ShopEvents.RARE_KEY),
  TEXT("`q`, in every third event", "/event?q=" + encoded(ShopEvents.FREQUENT_TEXT)),
  RARE_TEXT("`q`, rare", "/event?q=" + encoded(ShopEvents.RARE_TEXT)),
  PAYLOAD("`payload`, in every other event", "/event?payload=" + from(ShopEvents.FREQUENT_COUNTRY)),
  RARE_PAYLOAD("`payload`, rare", "/event?payload=" + from(ShopEvents.RARE_COUNTRY)),
  COMBINED(
      "`type=order.*`, `key`, `since` and `q`",
      "/event?type=order.*&since=$recent&key=%s&q=%s"
          .formatted(ShopEvents.key(1), encoded(ShopEvents.FREQUENT_TEXT))),
  BY_ID("one event by its id", "/event/$id"),
  GZIP("no filter, gzip", "/event", "gzip"),
  STATS("`GET /stats`, the last 24 hours", "/stats");

  /** For what no index is of help with. */
  static final List<Search> RARE = List.of(RARE_KEY, RARE_TEXT, RARE_PAYLOAD);

  private static final int OF_THE_BEGINNING = 100;

  /** Before those that were received in the last ten minutes. */
  private static final int OF_THE_END = 25;

  private final String title;
  private final String target;
  private final String encoding;

  Search(String title, String target) {
    this(title, target, "identity");
  }

  Search(String title, String target, String encoding) {
    this.title = title;
    this.target = target;
    this.encoding = encoding;
  }

  String title() {
    return title;
  }

  /** Of the answer, that is accepted. */
  String encoding() {
    return encoding;
  }

  /** Path and query, for a store with this history. */
  String target(History history, String storeId) {
    long rows = history.rows();
    return target
        .replace("$cursor", new Cursor(storeId, rows / 2, true).text())
        .replace("$old", history.receivedAt(rows / OF_THE_BEGINNING).toString())
        .replace("$recent", history.receivedAt(rows - rows / OF_THE_END).toString())
        .replace("$id", ShopEvents.id(rows / 2));
  }

  private static String from(String country) {
    return encoded("{\"customer\":{\"country\":\"" + country + "\"}}");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
