package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Another name for a store in a database. */
final class MysqlIdentityTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
  private final TestDatabase place = TestServer.shared().newDatabase();

  @AfterEach
  void end() {
    place.close();
  }

  @Test
  void a_store_gets_another_name_and_loses_its_refresh_tokens_once_nobody_has_it_open()
      throws Exception {
    String before;
    try (Database database = TestStores.open(place, clock)) {
      before = database.events().storeId();
      database.events().append(List.of(event("a")));
      database.refreshTokens().begin(new byte[32], "anna", "s", NOW, NOW.plusSeconds(60));

      assertThatThrownBy(() -> MysqlStore.renew(TestStores.options(place)))
          .isInstanceOf(StoreInUseException.class)
          .hasMessageMatching(
              ".+: this account has \\d+ more connections to it; stop every event-consumer on it"
                  + " first");
    }

    String renewed = renewOnceTheServerHasSeenThatItIsClosed();

    try (Database database = TestStores.open(place, clock)) {
      assertThat(database.events().storeId())
          .isEqualTo(renewed)
          .isNotEqualTo(before)
          .matches("[0-9a-f]{32}");
      assertThat(database.events().find("a")).isPresent();
      assertThat(
              database.refreshTokens().rotate(new byte[32], new byte[31], NOW, NOW.plusSeconds(60)))
          .isEqualTo(new RefreshTokenStore.Rotation.Unknown());
    }
  }

  /** A connection that the pool was making when it was closed is left; the server ends it. */
  private String renewOnceTheServerHasSeenThatItIsClosed() {
    return await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptionsInstanceOf(StoreInUseException.class)
        .until(() -> MysqlStore.renew(TestStores.options(place)), id -> !id.isEmpty());
  }

  @Test
  void a_database_without_a_store_is_told() {
    assertThatThrownBy(() -> MysqlStore.renew(TestStores.options(place)))
        .isInstanceOf(StoreOpeningException.class)
        .hasMessageEndingWith("there is no store yet; event-consumer run makes one");
  }
}
