package io.messagerelay.consumer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.store.RefreshTokenStore.Rotation;
import io.messagerelay.consumer.store.RefreshTokenStore.Rotation.Reused;
import io.messagerelay.consumer.store.RefreshTokenStore.Rotation.Rotated;
import io.messagerelay.consumer.store.RefreshTokenStore.Rotation.Unknown;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of refresh tokens keeps to. A store is tested by a subclass that opens it. */
abstract class RefreshTokenStoreContract {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Rotated ROTATED = new Rotated("anna", "events:read events:write");

  /** An empty store; the same one for the whole of a test. */
  abstract RefreshTokenStore tokens();

  @Test
  void passes_account_and_scope_on_along_a_family() throws Exception {
    begin("a");

    assertThat(rotate("a", "b", NOW)).isEqualTo(ROTATED);
    assertThat(rotate("b", "c", NOW)).isEqualTo(ROTATED);
  }

  @Test
  void revokes_the_family_when_a_spent_token_comes_again() throws Exception {
    begin("a");
    rotate("a", "b", NOW);
    rotate("b", "c", NOW);

    assertThat(rotate("a", "x", NOW)).isEqualTo(new Reused("anna"));

    assertThat(rotate("c", "y", NOW)).isEqualTo(new Unknown());
    assertThat(rotate("x", "y", NOW)).isEqualTo(new Unknown());
    assertThat(rotate("a", "y", NOW)).isEqualTo(new Unknown());
  }

  @Test
  void leaves_other_families_alone_when_it_revokes_one() throws Exception {
    begin("a");
    begin("other");
    rotate("a", "b", NOW);
    rotate("a", "c", NOW);

    assertThat(rotate("other", "d", NOW)).isEqualTo(ROTATED);
  }

  @Test
  void knows_no_token_that_was_never_issued() throws Exception {
    assertThat(rotate("a", "b", NOW)).isEqualTo(new Unknown());
    assertThat(rotate("b", "c", NOW)).isEqualTo(new Unknown());
  }

  @Test
  void knows_no_token_from_the_moment_it_expires() throws Exception {
    begin("a");

    assertThat(rotate("a", "b", LATER)).isEqualTo(new Unknown());
    assertThat(rotate("a", "b", LATER.minusMillis(1))).isEqualTo(ROTATED);
  }

  @Test
  void gives_a_token_to_one_of_many_that_spend_it_at_once() throws Exception {
    begin("a");
    List<Callable<Rotation>> spenders =
        IntStream.range(0, 8)
            .mapToObj(i -> (Callable<Rotation>) () -> rotate("a", "b" + i, NOW))
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Rotation>> rotations = threads.invokeAll(spenders);

      assertThat(rotations.stream().map(Future::resultNow).filter(ROTATED::equals)).hasSize(1);
      assertThat(rotations.stream().map(Future::resultNow).filter(Reused.class::isInstance))
          .hasSize(1);
    }
  }

  @Test
  void forgets_expired_tokens_oldest_first_and_no_more_than_asked() throws Exception {
    for (int i = 0; i < 5; i++) {
      tokens().begin(hash("a" + i), "anna", "events:read", NOW, NOW.plusSeconds(i));
    }

    assertThat(tokens().forgetExpired(NOW.plusSeconds(3), 2)).isEqualTo(2);
    assertThat(rotate("a1", "x", NOW)).isEqualTo(new Unknown());
    assertThat(tokens().forgetExpired(NOW.plusSeconds(3), 2)).isEqualTo(1);
    assertThat(tokens().forgetExpired(NOW.plusSeconds(3), 2)).isZero();
    assertThat(rotate("a3", "y", NOW)).isEqualTo(new Rotated("anna", "events:read"));
  }

  private void begin(String token) throws StoreException {
    tokens().begin(hash(token), ROTATED.account(), ROTATED.scope(), NOW, LATER);
  }

  private Rotation rotate(String spent, String successor, Instant now) throws StoreException {
    return tokens().rotate(hash(spent), hash(successor), now, LATER);
  }

  private static byte[] hash(String token) {
    return Arrays.copyOf(token.getBytes(UTF_8), 32);
  }
}
