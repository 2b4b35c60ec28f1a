package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Both services together, on the data that the project brings. */
abstract class RelayContract {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern DEAD_LETTER =
      Pattern.compile("dead letter \\S+ from data\\.json\\[\\d+]: 400 /\\S+ .+ \\(attempt \\d+\\)");

  abstract Installation installation();

  @Test
  void every_valid_event_is_stored_as_it_is_and_the_invalid_one_is_a_dead_letter_with_its_reason()
      throws IOException {
    String json = Files.readString(Checkout.find().file("event-propagator/data/data.json"));
    installation().writeData(json);
    Child consumer = installation().consumer();
    installation().awaitReady(consumer, PATIENCE);

    Child propagator = installation().propagator("--limit", "300");

    assertThat(propagator.waitFor(PATIENCE)).isZero();
    BooksLine books = BooksLine.in(propagator.lines()).orElseThrow();
    List<StoredEvent> rows = rows();
    assertThat(new HashSet<>(rows.stream().map(StoredEvent::content).toList()))
        .isEqualTo(new HashSet<>(validOnes(json)));
    assertThat(books).isEqualTo(new BooksLine(300, rows.size(), 0, 300 - rows.size(), 0, 0));
    assertThat(propagator.lines().stream().filter(DEAD_LETTER.asPredicate()))
        .hasSize((int) books.dead())
        .isNotEmpty();
  }

  private List<StoredEvent> rows() {
    try (var store = installation().rows()) {
      return store.rows();
    }
  }

  /** Those whose type and payload are strings. */
  private static List<SampleData.Sample> validOnes(String json) {
    List<SampleData.Sample> valid = new ArrayList<>();
    for (JsonNode event : ConsumerApi.tree(json)) {
      JsonNode type = event.path("event_type");
      JsonNode payload = event.path("event_payload");
      if (type.isTextual() && payload.isTextual()) {
        valid.add(new SampleData.Sample(type.asText(), payload.asText()));
      }
    }
    return valid;
  }
}
