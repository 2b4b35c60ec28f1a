package io.messagerelay.consumer.auth;

import io.messagerelay.consumer.store.RefreshTokenStore;
import io.messagerelay.consumer.store.StoreException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps refresh tokens in memory; can be away. */
public final class FakeRefreshTokenStore implements RefreshTokenStore {
  private record Row(int family, String account, String scope, Instant expires, boolean spent) {}

  private final Map<String, Row> rows = new HashMap<>();
  private int families;
  private boolean away;
  private int rotations;

  public void away(boolean isAway) {
    away = isAway;
  }

  /** Hashes in hexadecimal. */
  Set<String> kept() {
    return rows.keySet();
  }

  int rotations() {
    return rotations;
  }

  @Override
  public synchronized void begin(
      byte[] hash, String account, String scope, Instant now, Instant expires)
      throws StoreException {
    checkHere();
    rows.put(key(hash), new Row(families++, account, scope, expires, false));
  }

  @Override
  public synchronized Rotation rotate(byte[] spent, byte[] successor, Instant now, Instant expires)
      throws StoreException {
    checkHere();
    rotations++;
    Row row = rows.get(key(spent));
    if (row == null || !now.isBefore(row.expires())) {
      return new Rotation.Unknown();
    }
    if (row.spent()) {
      rows.values().removeIf(other -> other.family() == row.family());
      return new Rotation.Reused(row.account());
    }
    rows.put(key(spent), new Row(row.family(), row.account(), row.scope(), row.expires(), true));
    rows.put(key(successor), new Row(row.family(), row.account(), row.scope(), expires, false));
    return new Rotation.Rotated(row.account(), row.scope());
  }

  @Override
  public synchronized int forgetExpired(Instant now, int atMost) throws StoreException {
    checkHere();
    List<String> expired =
        rows.entrySet().stream()
            .filter(row -> row.getValue().expires().isBefore(now))
            .limit(atMost)
            .map(Map.Entry::getKey)
            .toList();
    rows.keySet().removeAll(expired);
    return expired.size();
  }

  private void checkHere() throws StoreException {
    if (away) {
      throw new StoreException(StoreException.Kind.UNAVAILABLE, "the store is away");
    }
  }

  private static String key(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
