package io.messagerelay.propagator.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.contract.EventLimits;
import io.messagerelay.propagator.loop.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EventSource} keeps to. A subclass makes a source on a world of its own that
 * holds some 20 items, among them bad ones where the source can have such, and says what the source
 * is able to. {@link #open} is called several times in a test, as if the process had been started
 * again: each source it gives begins without a memory, on the same world.
 */
public abstract class SourceContract {
  /** More polls than any of these worlds takes. */
  private static final int MOST_POLLS = 1_000;

  /** What a source is able to. */
  protected enum Kind {
    /** Ends, and goes on from any progress. */
    ENDS,
    /** Goes on from any progress, and waits for more when all that there is was given. */
    GOES_ON,
    /** Goes on from the last progress alone: a poll lets go for good what that says is taken. */
    LETS_GO,
    /** Has no place to go on from, and always gives more. */
    ENDLESS
  }

  protected abstract Kind kind();

  /** A source as it is after a start. */
  protected abstract EventSource open() throws Exception;

  /** An item in words: its body, its place, and the id or what is wrong. */
  protected static String text(SourceItem item) {
    String what = new String(item.body(), UTF_8) + " at " + item.place();
    return switch (item) {
      case SourceItem.Whole(_, _, var id) -> what + " as " + id;
      case SourceItem.Broken(_, _, var reason) -> what + " broken: " + reason;
    };
  }

  /** What a poll gave, and what it was asked from. */
  private record Asked(@Nullable String from, Polled polled) {
    List<String> texts() {
      return polled.items().stream().map(SourceContract::text).toList();
    }
  }

  /** Polls as the pump does, until there is nothing or enough. */
  private static List<Asked> pollAll(EventSource source, @Nullable String from, int atMost)
      throws Exception {
    List<Asked> all = new ArrayList<>();
    String progress = from;
    boolean more = true;
    for (int i = 0; more && i < MOST_POLLS; i++) {
      var asked = new Asked(progress, source.poll(progress, atMost));
      all.add(asked);
      Polled polled = asked.polled();
      progress = polled.progress() == null ? progress : polled.progress();
      more = !polled.pause().equals(Step.NEVER) && !isIdle(polled);
    }
    return all;
  }

  /** What there is when the process is started again after each poll that was taken. */
  private List<String> restartedAfterEach(int atMost) throws Exception {
    List<Asked> all = new ArrayList<>();
    @Nullable String progress = null;
    do {
      all.add(new Asked(progress, open().poll(progress, atMost)));
      progress = all.getLast().polled().progress();
    } while (!all.getLast().polled().items().isEmpty());
    return texts(all);
  }

  private static boolean isIdle(Polled polled) {
    return polled.items().isEmpty() && polled.progress() == null;
  }

  private static List<String> texts(List<Asked> polls) {
    return polls.stream().flatMap(asked -> asked.texts().stream()).toList();
  }

  @Test
  void a_poll_gives_no_more_than_is_wanted_and_no_more_than_fits_into_a_spool() throws Exception {
    EventSource source = open();
    for (int atMost : List.of(1, 3, 1_000)) {
      Polled polled = source.poll(null, atMost);
      assertThat(polled.items()).hasSizeBetween(0, atMost);
      assertThat(polled.items().stream().mapToLong(item -> item.body().length).sum())
          .isLessThanOrEqualTo(EventLimits.BODY_BYTES);
    }
  }

  @Test
  void every_item_has_a_place_and_a_bad_one_a_reason() throws Exception {
    List<SourceItem> items = open().poll(null, 1_000).items();

    assertThat(items).isNotEmpty();
    assertThat(items).allMatch(item -> !item.place().isBlank() && item.place().length() < 300);
    for (SourceItem item : items) {
      if (item instanceof SourceItem.Broken(var body, _, var reason)) {
        assertThat(reason).isNotBlank();
        assertThat(body).hasSizeLessThanOrEqualTo(EventLimits.EVENT_BYTES);
      }
    }
  }

  @Test
  void resumed_from_every_progress_it_gives_exactly_the_rest() throws Exception {
    if (kind() == Kind.ENDLESS) {
      assertThat(open().poll(null, 5).progress()).isNull();
      return;
    }
    if (kind() == Kind.LETS_GO) {
      List<String> whole =
          open().poll(null, 1_000).items().stream().map(SourceContract::text).toList();
      assertThat(restartedAfterEach(4)).isEqualTo(whole).hasSizeGreaterThan(5);
      return;
    }
    for (int atMost : List.of(1, 4)) {
      List<Asked> all = pollAll(open(), null, atMost);
      List<String> items = texts(all);
      int behind = 0;
      for (Asked asked : all) {
        behind += asked.polled().items().size();
        String progress = asked.polled().progress();
        if (progress != null) {
          assertThat(texts(pollAll(open(), progress, 7)))
              .as("from %s", progress)
              .isEqualTo(items.subList(behind, items.size()));
        }
      }
      assertThat(items).doesNotHaveDuplicates().hasSizeGreaterThan(5);
    }
  }

  @Test
  void what_was_polled_and_not_taken_is_polled_again_with_the_same_ids() throws Exception {
    if (kind() == Kind.ENDLESS) {
      assertThat(open().poll(null, 5).items()).hasSameSizeAs(open().poll(null, 5).items());
      return;
    }
    if (kind() == Kind.LETS_GO) {
      assertThat(texts(List.of(new Asked(null, open().poll(null, 3)))))
          .isEqualTo(texts(List.of(new Asked(null, open().poll(null, 3)))));
      return;
    }
    EventSource same = open();
    for (Asked asked : pollAll(open(), null, 3)) {
      for (EventSource source : List.of(open(), same, same)) {
        assertThat(source.poll(asked.from(), 3).items().stream().map(SourceContract::text))
            .as("from %s", asked.from())
            .containsExactlyElementsOf(asked.texts());
      }
    }
  }

  @Test
  void the_end_is_told_by_a_source_that_ends_and_by_no_other() throws Exception {
    List<Asked> all = kind() == Kind.ENDLESS ? List.of() : pollAll(open(), null, 1_000);
    if (kind() == Kind.ENDS) {
      Polled last = all.getLast().polled();
      assertThat(last.pause()).isEqualTo(Step.NEVER);
      Polled after = open().poll(last.progress(), 10);
      assertThat(after.items()).isEmpty();
      assertThat(after.pause()).isEqualTo(Step.NEVER);
    } else {
      assertThat(all).noneMatch(asked -> asked.polled().pause().equals(Step.NEVER));
      assertThat(open().poll(null, 1).pause()).isLessThan(Step.NEVER);
    }
  }
}
