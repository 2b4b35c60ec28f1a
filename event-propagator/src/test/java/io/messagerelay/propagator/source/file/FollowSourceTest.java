package io.messagerelay.propagator.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.messagerelay.contract.EventLimits;
import io.messagerelay.propagator.source.Polled;
import io.messagerelay.propagator.source.SourceException;
import io.messagerelay.propagator.source.SourceItem;
import io.messagerelay.propagator.source.SourceItem.Broken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is not rotated. */
class FollowSourceTest {
  private static final String EVENT = Growing.event("a");

  @TempDir Path folder;

  private Path path;
  private Growing file;
  private Following following;

  @BeforeEach
  void begin() throws IOException {
    path = folder.resolve("app.log");
    file = Growing.create(path);
    following = Following.of(path);
  }

  @AfterEach
  void end() throws IOException {
    following.close();
    file.close();
  }

  @Test
  void every_line_is_an_item_with_its_place_and_an_id_of_file_and_offset() throws Exception {
    file.events("a").append("no json\n").events("b");

    List<SourceItem> items = following.items();

    assertThat(items)
        .extracting(Following::payload, SourceItem::place)
        .containsExactly(
            tuple("a", "app.log:1"), tuple("no json", "app.log:2"), tuple("b", "app.log:3"));
    String identity = Following.id(items.getFirst()).substring(0, 16);
    assertThat(identity).matches("[0-9a-f]{16}");
    assertThat(items)
        .extracting(Following::id)
        .containsExactly(
            identity + "-0000000000000000",
            identity + "-%016d".formatted(EVENT.length() + 1),
            identity + "-%016d".formatted(EVENT.length() + 9));
  }

  @Test
  void blank_lines_are_counted_and_are_no_items() throws Exception {
    file.append("\n \t\r\n").events("a").append("\n");

    assertThat(following.items()).extracting(SourceItem::place).containsExactly("app.log:3");
    assertThat(following.payloads()).isEmpty();
  }

  @Test
  void a_half_written_line_waits_for_its_end() throws Exception {
    file.events("a").append(EVENT.substring(0, 20));
    assertThat(following.payloads()).containsExactly("a");

    assertThat(following.restart().payloads()).isEmpty();
    file.append(EVENT.substring(20));
    assertThat(following.payloads()).isEmpty();
    file.append("\n");

    assertThat(following.items()).extracting(SourceItem::place).containsExactly("app.log:2");
  }

  @Test
  void a_restart_goes_on_where_it_was() throws Exception {
    file.events("a", "b");
    assertThat(following.payloads()).containsExactly("a", "b");

    file.events("c");

    assertThat(following.restart().items())
        .extracting(Following::payload, SourceItem::place)
        .containsExactly(tuple("c", "app.log:3"));
  }

  @Test
  void what_was_not_saved_is_given_again_with_the_same_ids() throws Exception {
    file.events("a", "b", "c");
    List<SourceItem> first = following.look(10).items();

    List<SourceItem> again = following.restart().items();

    assertThat(again).hasSize(3).extracting(Following::id).isEqualTo(ids(first));
  }

  @Test
  void a_file_gets_the_same_ids_when_the_progress_is_lost() throws Exception {
    file.events("a", "b");
    List<SourceItem> first = following.items();
    file.events("c");

    List<SourceItem> again = following.loseProgress().items();

    assertThat(again).hasSize(3);
    assertThat(ids(again)).startsWith(ids(first).toArray(String[]::new));
  }

  @Test
  void equal_lines_are_events_of_their_own() throws Exception {
    file.events("a", "a", "a");

    assertThat(ids(following.items())).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void equal_files_get_other_ids() throws Exception {
    file.events("a");
    try (Growing _ = Growing.create(folder.resolve("other.log")).events("a");
        Following ofOther = Following.of(folder.resolve("other.log"))) {
      assertThat(ids(ofOther.items()))
          .hasSize(1)
          .doesNotContainAnyElementsOf(ids(following.items()));
    }
  }

  @Test
  void from_the_end_begins_with_the_line_that_is_being_written() throws Exception {
    file.events("a", "b").append(EVENT.substring(0, 20));
    try (Following fromEnd = new Following(path, true)) {
      assertThat(fromEnd.items()).isEmpty();
      file.append(EVENT.substring(20) + "\n").events("c");

      assertThat(fromEnd.restart().items())
          .extracting(Following::payload, SourceItem::place)
          .containsExactly(
              tuple("a", "app.log@" + 2 * (EVENT.length() + 1)),
              tuple("c", "app.log@" + 3 * (EVENT.length() + 1)));
    }
  }

  @Test
  void from_the_end_and_from_the_beginning_give_a_line_the_same_id() throws Exception {
    file.events("a");
    try (Following fromEnd = new Following(path, true)) {
      fromEnd.items();
      file.events("b");

      assertThat(ids(following.items())).endsWith(ids(fromEnd.items()).getFirst());
    }
  }

  @Test
  void a_file_that_comes_later_is_followed_from_its_beginning() throws Exception {
    Path later = folder.resolve("later.log");
    try (Following fromEnd = new Following(later, true)) {
      assertThat(fromEnd.items()).isEmpty();
      try (Growing came = Growing.create(later).events("a")) {
        assertThat(fromEnd.restart().payloads()).containsExactly("a");
        came.events("b");
        assertThat(fromEnd.payloads()).containsExactly("b");
      }
    }
  }

  @Test
  void no_more_is_given_than_is_wanted_and_the_rest_comes_at_once() throws Exception {
    file.events("a", "b", "c");

    Polled polled = following.take(2);

    assertThat(polled.items()).extracting(Following::payload).containsExactly("a", "b");
    assertThat(polled.pause()).isZero();
    assertThat(following.payloads()).containsExactly("c");
  }

  @Test
  void a_poll_reads_a_bounded_part_however_much_there_is() throws Exception {
    var payloads = new ArrayList<String>();
    for (int i = 0; i < 30; i++) {
      payloads.add("%05d".formatted(i) + "x".repeat(100_000));
    }
    file.events(payloads.toArray(String[]::new));

    List<SourceItem> once = following.look(1_000).items();

    assertThat(once.stream().mapToInt(item -> item.body().length).sum())
        .isBetween(1, EventLimits.BODY_BYTES);
    assertThat(following.payloads()).isEqualTo(payloads);
  }

  @Test
  void the_pause_grows_to_a_second_and_begins_anew_with_a_line() throws Exception {
    file.events("a");
    assertThat(following.take(10).pause()).isEqualTo(Duration.ofMillis(100));

    assertThat(pauses(6)).containsExactly(200L, 400L, 800L, 1_000L, 1_000L, 1_000L);
    file.events("b");
    assertThat(pauses(3)).containsExactly(100L, 200L, 400L);
  }

  @Test
  void a_line_that_is_too_long_is_given_up_and_the_next_one_is_not() throws Exception {
    String tooLong = "x".repeat(EventLimits.EVENT_BYTES + 1);
    file.append(tooLong + "\n").events("a");

    List<SourceItem> items = following.items();

    assertThat(items.getFirst()).isInstanceOf(Broken.class);
    assertThat(((Broken) items.getFirst()).reason())
        .isEqualTo("is 262,145 bytes long; an event has at most 262,144");
    assertThat(items.getFirst().body()).hasSize(EventLimits.EVENT_BYTES);
    assertThat(items).extracting(SourceItem::place).containsExactly("app.log:1", "app.log:2");
  }

  @Test
  void the_longest_line_is_taken_whole() throws Exception {
    file.append("x".repeat(EventLimits.EVENT_BYTES));
    assertThat(following.items()).isEmpty();
    file.append("\n");

    assertThat(following.items()).hasExactlyElementsOfTypes(SourceItem.Whole.class);
  }

  @Test
  void a_line_that_is_far_too_long_is_one_dead_letter_however_slowly_it_is_written()
      throws Exception {
    file.events("a");
    for (int mebibyte = 0; mebibyte < 5; mebibyte++) {
      file.append("x".repeat(1 << 20));
      following.items();
    }
    assertThat(following.restart().items()).isEmpty();
    file.append("y\n").events("b");

    assertThat(following.items())
        .extracting(SourceItem::getClass, SourceItem::place)
        .containsExactly(
            tuple(Broken.class, "app.log:2"), tuple(SourceItem.Whole.class, "app.log:3"));
  }

  @Test
  void a_first_line_that_is_far_too_long_is_passed() throws Exception {
    file.append("x".repeat(9 << 20)).append("\n").events("a");

    assertThat(following.items())
        .extracting(SourceItem::place)
        .containsExactly("app.log:1", "app.log:2");
  }

  @Test
  void a_folder_cannot_be_followed() throws Exception {
    try (Following ofFolder = Following.of(folder)) {
      assertThatThrownBy(() -> ofFolder.take(1))
          .isInstanceOf(SourceException.class)
          .hasMessage(folder + ": it is a folder, a device or a pipe; expected a file");
    }
  }

  @Test
  void windows_line_ends_are_no_part_of_the_event() throws Exception {
    file.append(EVENT + "\r\n");

    assertThat(following.items().getFirst().body()).isEqualTo(EVENT.getBytes(UTF_8));
  }

  private List<Long> pauses(int count) throws SourceException {
    var pauses = new ArrayList<Long>();
    for (int i = 0; i < count; i++) {
      pauses.add(following.take(10).pause().toMillis());
    }
    return pauses;
  }

  private static List<String> ids(List<SourceItem> items) {
    return items.stream().map(Following::id).toList();
  }
}
