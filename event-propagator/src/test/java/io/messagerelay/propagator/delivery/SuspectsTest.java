package io.messagerelay.propagator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuspectsTest {
  private static final int MOST = 1_000;

  private final Suspects suspects = new Suspects();
  private final List<Integer> sent = new ArrayList<>();

  @Test
  void nobody_is_suspected_at_first() {
    assertThat(suspects.areThere()).isFalse();
    assertThat(suspects.next(MOST)).isEqualTo(MOST);
  }

  @Test
  void batch_that_fails_once_is_tried_again_as_it_was() {
    suspects.failed(40, 7);

    assertThat(suspects.next(MOST)).isEqualTo(40);
    suspects.passed(40);
    assertThat(suspects.areThere()).isFalse();
    assertThat(suspects.next(MOST)).isEqualTo(MOST);
  }

  @Test
  void batch_that_fails_again_is_halved_until_the_one_to_blame_stands_alone() {
    find(0, 40);

    assertThat(sent).containsExactly(40, 40, 20, 10, 5, 2, 1, 1, 1);
  }

  @Test
  void half_that_passes_clears_it_and_the_other_is_suspected() {
    find(39, 40);

    assertThat(sent).containsExactly(40, 40, 20, 10, 5, 2, 1, 1, 1, 1, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100, 999, 1_000})
  void any_one_is_found_with_few_requests(int batch) {
    for (int poisonous = 0; poisonous < batch; poisonous++) {
      sent.clear();

      assertThat(find(poisonous, batch)).as("the one that stands alone").isEqualTo(poisonous);
      assertThat(sent).as("requests").hasSizeLessThan(17);
      suspects.passed(MOST);
    }
  }

  @Test
  void no_more_is_sent_than_the_lane_may() {
    suspects.failed(40, 0);

    assertThat(suspects.next(10)).isEqualTo(10);
  }

  @Test
  void the_moment_of_the_first_failure_is_kept() {
    suspects.failed(2, 7);
    suspects.failed(2, 8);
    suspects.failed(1, 9);
    assertThat(suspects.since()).isEqualTo(7);

    suspects.passed(2);
    suspects.failed(2, 10);
    assertThat(suspects.since()).isEqualTo(10);
  }

  /** The one that has failed alone three times, in a batch of which one always fails. */
  private int find(int poisonous, int batch) {
    int first = 0;
    while (suspects.failuresAlone() < 3) {
      int count = Math.min(suspects.next(batch), batch - first);
      sent.add(count);
      if (poisonous < first + count) {
        suspects.failed(count, 0);
      } else {
        suspects.passed(count);
        first += count;
      }
    }
    return first;
  }
}
