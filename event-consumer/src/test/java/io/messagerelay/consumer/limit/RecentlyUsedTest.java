package io.messagerelay.consumer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecentlyUsedTest {
  private final RecentlyUsed<String, Integer> map = new RecentlyUsed<>(2);

  @Test
  void keeps_the_entries_used_last() {
    map.findOrAdd("a", () -> 1);
    map.findOrAdd("b", () -> 2);
    assertThat(map.find("a")).contains(1);
    map.findOrAdd("c", () -> 3);

    assertThat(map.find("b")).isEmpty();
    assertThat(map.find("a")).contains(1);
    assertThat(map.find("c")).contains(3);
  }

  @Test
  void gives_back_what_it_has() {
    assertThat(List.of(map.findOrAdd("a", () -> 1), map.findOrAdd("a", () -> 2)))
        .containsExactly(1, 1);
  }

  @Test
  void never_holds_more_than_its_limit() {
    for (int i = 0; i < 1000; i++) {
      map.findOrAdd("key" + i, () -> 0);
      assertThat(map.size()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void forgets_what_is_removed() {
    map.findOrAdd("a", () -> 1);
    map.remove("a");

    assertThat(map.find("a")).isEmpty();
  }
}
