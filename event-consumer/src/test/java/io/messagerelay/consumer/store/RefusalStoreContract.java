package io.messagerelay.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of refusals keeps to. A store is tested by a subclass that opens it. */
abstract class RefusalStoreContract {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123456Z");

  /** An empty store; the same one for the whole of a test. */
  abstract RefusalStore refusals();

  private static Refusal refusal(Instant time, @Nullable String id) {
    return new Refusal(
        time, "anna", id, "order 😀", List.of("/a must be b", "/c is missing"), "{\u0000\n\"€😀");
  }

  private List<String> ids(long before, int limit) throws StoreException {
    return refusals().page(before, limit).stream()
        .map(kept -> String.valueOf(kept.refusal().eventId()))
        .toList();
  }

  @Test
  void gives_back_what_it_was_given() throws Exception {
    Refusal nameless = new Refusal(NOW, "anna", null, null, List.of("must be JSON"), "");
    refusals().keep(List.of(refusal(NOW, "e1"), nameless));

    assertThat(refusals().page(Long.MAX_VALUE, 10))
        .extracting(Refusal.Kept::refusal)
        .containsExactly(nameless, refusal(NOW, "e1"));
  }

  @Test
  void pages_go_back_from_the_newest_without_gap_or_repeat() throws Exception {
    for (int i = 1; i <= 5; i++) {
      refusals().keep(List.of(refusal(NOW, "e" + i)));
    }

    List<Refusal.Kept> first = refusals().page(Long.MAX_VALUE, 2);
    refusals().keep(List.of(refusal(NOW, "later")));

    assertThat(first).extracting(kept -> kept.refusal().eventId()).containsExactly("e5", "e4");
    assertThat(ids(first.getLast().number(), 2)).containsExactly("e3", "e2");
  }

  @Test
  void forgets_the_old_and_those_beyond_the_newest_and_no_more_than_asked() throws Exception {
    for (int i = 1; i <= 6; i++) {
      refusals().keep(List.of(refusal(NOW.plusSeconds(i), "e" + i)));
    }

    assertThat(refusals().forget(NOW.plusSeconds(3), 100, 1)).isEqualTo(1);
    assertThat(ids(Long.MAX_VALUE, 10)).containsExactly("e6", "e5", "e4", "e3", "e2");
    assertThat(refusals().forget(NOW.plusSeconds(3), 2, 100)).isEqualTo(3);
    assertThat(ids(Long.MAX_VALUE, 10)).containsExactly("e6", "e5");
    assertThat(refusals().forget(NOW.plusSeconds(3), 2, 100)).isZero();
  }

  @Test
  void takes_the_longest_there_is() throws Exception {
    String name = "😀".repeat(255);
    List<String> reasons = Collections.nCopies(32, "€".repeat(199));
    Refusal longest =
        new Refusal(NOW, "a".repeat(255), "😀".repeat(64), name, reasons, "\ufffd".repeat(1_024));

    refusals().keep(List.of(longest));

    assertThat(refusals().page(Long.MAX_VALUE, 1).getFirst().refusal()).isEqualTo(longest);
  }
}
