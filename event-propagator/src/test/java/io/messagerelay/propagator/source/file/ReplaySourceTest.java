package io.messagerelay.propagator.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.contract.ItemId;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.source.Polled;
import io.messagerelay.propagator.source.SourceException;
import io.messagerelay.propagator.source.SourceItem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplaySourceTest {
  @TempDir Path folder;

  @Test
  void an_item_has_an_id_of_content_and_number_and_a_place() throws Exception {
    Path array =
        write("data.json", "[" + ReplayFiles.event(1) + ",\n" + ReplayFiles.event(2) + "]");
    Path lines = write("more.ndjson", "\n" + ReplayFiles.event(3) + "\n");

    List<SourceItem> items = all(ReplayFiles.source(ReplayFiles.ALL, array, lines));

    assertThat(items)
        .extracting(SourceItem::place)
        .containsExactly("data.json[0]", "data.json[1]", "more.ndjson:2");
    String hash = sha256(Files.readAllBytes(array)).substring(0, 16);
    assertThat(items.get(1))
        .isInstanceOfSatisfying(
            SourceItem.Whole.class,
            item -> assertThat(item.id()).isEqualTo(new ItemId.OwnOr(hash + "-000000000002")));
    assertThat(items.get(2))
        .isInstanceOfSatisfying(
            SourceItem.Whole.class,
            item -> assertThat(item.id().toString()).endsWith("-000000000001]"));
  }

  private static String sha256(byte[] content) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
    return HexFormat.of().formatHex(digest);
  }

  @Test
  void a_packed_file_is_the_same_content_as_a_plain_one() throws Exception {
    String text = "[" + ReplayFiles.event(1) + "," + ReplayFiles.event(2) + "]";
    Path plain = write("data.json", text);
    Path packed = folder.resolve("other.json.gz");
    Files.write(packed, ReplayFiles.gzip(text.substring(0, 30), text.substring(30)));

    assertThat(ids(ReplayFiles.source(ReplayFiles.ALL, packed)))
        .isEqualTo(ids(ReplayFiles.source(ReplayFiles.ALL, plain)))
        .hasSize(2);
    assertThat(known(packed).key(ReplayFiles.ALL, ""))
        .isEqualTo(known(plain).key(ReplayFiles.ALL, ""));
  }

  @Test
  void other_contents_and_other_options_are_another_replay() throws Exception {
    Path file = write("data.json", "[1]");
    String key = known(file).key(ReplayFiles.ALL, "");

    assertThat(key).matches("[0-9a-f]{12}");
    assertThat(known(file).key(new ReplayOptions(2, Set.of(), false), "")).isNotEqualTo(key);
    assertThat(known(file).key(new ReplayOptions(1, Set.of("a"), false), "")).isNotEqualTo(key);
    assertThat(known(file).key(new ReplayOptions(1, Set.of(), true), "")).isNotEqualTo(key);
    assertThat(known(file).key(ReplayFiles.ALL, "limit=3")).isNotEqualTo(key);
    assertThat(known(write("data.json", "[2]")).key(ReplayFiles.ALL, "")).isNotEqualTo(key);
  }

  private static Replay.Known known(Path file) throws SourceException {
    return Replay.find(List.of(file.toString()), _ -> {}).read(_ -> {});
  }

  @Test
  void from_counts_over_all_files() throws Exception {
    Path one = write("1.json", "[" + ReplayFiles.event(0) + "," + ReplayFiles.event(1) + "]");
    Path two = write("2.json", "[" + ReplayFiles.event(2) + "," + ReplayFiles.event(3) + "]");

    assertThat(bodies(ReplayFiles.source(new ReplayOptions(4, Set.of(), false), one, two)))
        .containsExactly(ReplayFiles.event(3));
    assertThat(ids(ReplayFiles.source(new ReplayOptions(4, Set.of(), false), one, two)))
        .first()
        .asString()
        .endsWith("-000000000002]");
  }

  @Test
  void types_select_events_and_what_has_none_passes() throws Exception {
    Path file =
        write(
            "a.ndjson",
            IntStream.range(0, 6).mapToObj(ReplayFiles::event).collect(Collectors.joining("\n"))
                + "\nnope\n{\"event_type\":7}\n[]\n{\"x\":{\"event_type\":\"t9\"},\"event_type\":\"t\\u0031\"}");

    assertThat(bodies(ReplayFiles.source(new ReplayOptions(1, Set.of("t1", "t9"), false), file)))
        .containsExactly(
            ReplayFiles.event(1),
            ReplayFiles.event(4),
            "nope",
            "{\"event_type\":7}",
            "[]",
            "{\"x\":{\"event_type\":\"t9\"},\"event_type\":\"t\\u0031\"}");
  }

  @Test
  void progress_is_saved_while_many_items_are_left_out() throws Exception {
    String line = "{\"event_type\":\"no\",\"event_payload\":\"" + "x".repeat(100_000) + "\"}\n";
    Path file = write("a.ndjson", line.repeat(400) + ReplayFiles.event(1));
    ReplaySource source = ReplayFiles.source(new ReplayOptions(1, Set.of("t1"), false), file);

    Polled first = source.poll(null, 1_000);

    assertThat(first.items()).isEmpty();
    assertThat(first.progress()).isNotNull();
    assertThat(first.pause()).isZero();
    assertThat(bodies(source)).containsExactly(ReplayFiles.event(1));
  }

  @Test
  void a_poll_stays_below_four_mebibytes() throws Exception {
    String line = "\"" + "x".repeat(200_000) + "\"\n";
    ReplaySource source = ReplayFiles.source(ReplayFiles.ALL, write("a.ndjson", line.repeat(50)));

    assertThat(source.poll(null, 1_000).items()).hasSize(20);
  }

  @Test
  void new_ids_are_given_where_they_are_wanted() throws Exception {
    Path file = write("a.json", "[" + ReplayFiles.event(1) + "]");

    assertThat(ids(ReplayFiles.source(new ReplayOptions(1, Set.of(), true), file)))
        .containsExactly(ItemId.NEW.toString());
  }

  @Test
  void a_file_that_is_changed_meanwhile_ends_the_replay_with_the_reason() throws Exception {
    Path file = write("a.ndjson", "1\n2\n3\n");
    ReplaySource source = ReplayFiles.source(ReplayFiles.ALL, file);
    String progress = source.poll(null, 2).progress();
    Files.writeString(file, "1\n2\n3\n4\n");

    Polled polled = source.poll(progress, 10);
    for (int i = 0; i < 5 && !polled.pause().equals(Step.NEVER); i++) {
      polled = source.poll(polled.progress(), 10);
    }

    assertThat(polled.pause()).isEqualTo(Step.NEVER);
    assertThat(source.failure().orElseThrow())
        .isEqualTo(
            file
                + " cannot be read: it was changed meanwhile; with its new content it is another"
                + " replay");
  }

  @Test
  void a_packed_file_that_is_cut_off_or_damaged_is_named_before_anything_is_sent()
      throws Exception {
    byte[] packed =
        ReplayFiles.gzip(
            IntStream.range(0, 5_000)
                .mapToObj(ReplayFiles::event)
                .collect(Collectors.joining("\n")));
    Path file = folder.resolve("a.ndjson.gz");

    Files.write(file, Arrays.copyOf(packed, packed.length - 20));
    assertThatThrownBy(() -> known(file))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith(file + " cannot be read: the gzip is cut off, after ")
        .hasMessageEndingWith(" bytes of its content; nothing of it was sent");

    byte[] damaged = packed.clone();
    damaged[packed.length - 6] ^= 1;
    Files.write(file, damaged);
    assertThatThrownBy(() -> known(file)).hasMessageContaining("the gzip is damaged, after ");
  }

  @Test
  void the_rate_is_kept() throws Exception {
    var nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    Path file = write("a.ndjson", "1\n".repeat(1_000));
    ReplaySource source =
        Replay.find(List.of(file.toString()), _ -> {})
            .read(_ -> {})
            .source(ReplayFiles.ALL, 100, nanos::get);

    int given = 0;
    String progress = null;
    for (long end = nanos.get() + Duration.ofSeconds(5).toNanos(); end - nanos.get() > 0; ) {
      Polled polled = source.poll(progress, 1_000);
      given += polled.items().size();
      progress = polled.progress() == null ? progress : polled.progress();
      nanos.addAndGet(Math.max(1_000_000, polled.pause().toNanos()));
    }
    assertThat(given).isBetween(495, 520);
  }

  @Test
  void a_stream_is_read_once_and_its_events_keep_their_ids() throws Exception {
    byte[] packed = ReplayFiles.gzip("[" + ReplayFiles.event(1) + ",", ReplayFiles.event(2) + "]");
    for (byte[] content :
        List.of(
            packed, ("\n" + ReplayFiles.event(1) + "\n" + ReplayFiles.event(2)).getBytes(UTF_8))) {
      ReplaySource source =
          Replay.stream(new ByteArrayInputStream(content), ReplayFiles.ALL, 0, () -> 0L);
      assertThat(awaitAll(source))
          .extracting(ReplaySourceTest::body)
          .containsExactly(ReplayFiles.event(1), ReplayFiles.event(2));
    }
  }

  @Test
  void a_stream_that_is_silent_keeps_nobody_waiting() throws Exception {
    try (var in = new PipedInputStream()) {
      ReplaySource source = Replay.stream(in, ReplayFiles.ALL, 0, () -> 0L);
      try (var out = new PipedOutputStream(in)) {
        assertThat(source.poll(null, 10).items()).isEmpty();
        out.write("1\n2".getBytes(UTF_8));
        out.flush();
        Awaitility.await().until(() -> source.poll(null, 10).items().size() == 1);
      }
      assertThat(awaitAll(source)).extracting(ReplaySourceTest::body).containsExactly("2");
    }
  }

  @Test
  void a_stream_that_is_cut_off_gives_what_came_before_and_says_so() throws Exception {
    byte[] packed = ReplayFiles.gzip("1\n2\n".repeat(2_000));
    byte[] cut = Arrays.copyOf(packed, packed.length - 12);
    ReplaySource source =
        Replay.stream(new ByteArrayInputStream(cut), ReplayFiles.ALL, 0, () -> 0L);

    assertThat(awaitAll(source)).isNotEmpty();
    assertThat(source.failure()).contains("standard input cannot be read: the gzip is cut off");
  }

  private static List<SourceItem> awaitAll(ReplaySource source) {
    List<SourceItem> items = new ArrayList<>();
    Awaitility.await()
        .until(
            () -> {
              Polled polled = source.poll(null, 100);
              items.addAll(polled.items());
              return polled.pause().equals(Step.NEVER);
            });
    return items;
  }

  private static List<SourceItem> all(ReplaySource source) {
    List<SourceItem> items = new ArrayList<>();
    Polled polled = source.poll(null, 7);
    items.addAll(polled.items());
    while (!polled.pause().equals(Step.NEVER)) {
      polled = source.poll(polled.progress(), 7);
      items.addAll(polled.items());
    }
    return items;
  }

  private static List<String> ids(ReplaySource source) {
    return all(source).stream().map(item -> ((SourceItem.Whole) item).id().toString()).toList();
  }

  private static List<String> bodies(ReplaySource source) {
    return all(source).stream().map(ReplaySourceTest::body).toList();
  }

  private static String body(SourceItem item) {
    return new String(item.body(), UTF_8);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
