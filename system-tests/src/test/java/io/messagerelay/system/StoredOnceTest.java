package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StoredOnceTest {
  private static final BooksLine ALL = new BooksLine(3, 3, 0, 0, 0, 0);

  private final StoredOnce count =
      new StoredOnce(3, "id-%d", ReplayProof::content, _ -> StoredOnce.NO_KEY);

  @Test
  void every_item_stored_once_is_green() {
    rows(event(1, 2), event(2, 1), event(3, 3));
    list(event(1, 2), event(2, 1), event(3, 3));

    assertThat(count.verdict(ALL)).isEqualTo(new Verdict(3, 3, 0, 0, List.of()));
  }

  @Test
  void an_item_that_was_overtaken_by_one_of_its_key_is_named() {
    var ordered = new StoredOnce(3, "id-%d", ReplayProof::content, item -> item % 2);
    List.of(event(1, 2), event(2, 3), event(3, 1)).forEach(ordered::row);
    List.of(event(1, 2), event(2, 3), event(3, 1)).forEach(ordered::listed);

    assertThat(ordered.verdict(ALL).differences())
        .containsExactly("1 items that are stored behind a later one of their key, such as id-1");
  }

  @Test
  void what_is_missing_doubled_or_other_is_named() {
    rows(event(1, 1), event(2, 1), new StoredEvent(4, "id-2", ReplayProof.content(3)));
    list(event(1, 1), event(2, 1));

    Verdict verdict = count.verdict(ALL);

    assertThat(verdict.line()).isEqualTo("taken 3 = stored 3; lost 1; doubled 1");
    assertThat(verdict.differences())
        .containsExactlyInAnyOrder(
            "1 items that are stored twice, such as id-1",
            "1 rows whose position is not the next one, such as id-2",
            "1 rows under another id, such as id-2",
            "1 items that are not stored, such as id-2",
            "the list has 2 events and the store 3");
  }

  @Test
  void books_that_do_not_say_so_are_named() {
    rows(event(1, 1), event(2, 2), event(3, 3));
    list(event(1, 1), event(2, 2), event(3, 3));

    assertThat(count.verdict(new BooksLine(3, 2, 0, 1, 0, 0)).differences())
        .singleElement()
        .asString()
        .startsWith("not everything was delivered");
  }

  private void rows(StoredEvent... events) {
    List.of(events).forEach(count::row);
  }

  private void list(StoredEvent... events) {
    List.of(events).forEach(count::listed);
  }

  private static StoredEvent event(long position, int item) {
    return new StoredEvent(position, "id-" + item, ReplayProof.content(item));
  }
}
