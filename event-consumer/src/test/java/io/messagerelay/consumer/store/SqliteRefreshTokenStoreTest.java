package io.messagerelay.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRefreshTokenStoreTest extends RefreshTokenStoreContract {
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    database = SqliteStore.open(folder.resolve("store.db"), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  RefreshTokenStore tokens() {
    return database.refreshTokens();
  }

  @Test
  void says_that_it_does_not_know_when_the_answer_to_a_commit_is_lost() {
    FaultyConnections faulty = new FaultyConnections(database.connections());
    RefreshTokenStore consumer = new JdbcRefreshTokenStore(faulty, new SqliteDialect());

    faulty.loseAnswerOfNextCommit();
    assertThat(failure(consumer)).isEqualTo(StoreException.Kind.UNKNOWN);

    faulty.away();
    assertThat(failure(consumer)).isEqualTo(StoreException.Kind.UNAVAILABLE);
  }

  private static StoreException.Kind failure(RefreshTokenStore store) {
    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    try {
      store.begin(new byte[32], "anna", "events:read", now, now.plusSeconds(60));
      throw new AssertionError("kept");
    } catch (StoreException e) {
      return e.kind();
    }
  }
}
